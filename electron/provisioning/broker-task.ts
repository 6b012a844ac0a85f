import { setTimeout } from 'node:timers/promises';
import { Failure } from '../../shared/contract/failure.ts';
import type { ClockFacts, ProvisionState } from '../../shared/contract/provision.ts';
import type { AgentLink } from '../drivers/driver.ts';
import { proveOnBroker } from './broker/broker.ts';
import { type ClockSample, clockFacts, sampleClock, shortestDriftMs } from './clock.ts';
import { commandKeyFor, credentialFor, signedCommand, watcherFor } from './credentials/credentials.ts';
import { needsAuthority } from './equip.ts';
import { type ProvisionTools, placeOf, type Task } from './tools.ts';

/** How long a request is good for, by a unit's clock that this computer has set. */
const goodForMs = 60_000;

/**
 * The app goes to the broker itself and sees this unit there: born, talking, answering, dead when it is cut off, and
 * back. Meanwhile its clock is compared with the computer's.
 */
export const brokerTask =
  (tools: ProvisionTools): Task =>
  async (state, { fact, progress, signal }) => {
    const settings = state.connection?.broker;
    if (!settings || !state.journal) throw new Failure('STEP_BLOCKED', { detail: 'there is no broker' });
    const { port, expected: unit } = placeOf(tools, state);
    const { vault } = tools;
    const authority = needsAuthority(settings) ? await tools.authority(settings) : null;
    const watcher = await watcherFor({ settings, unit, authority, vault });
    const own =
      settings.login.kind === 'certificate'
        ? null
        : await credentialFor({ session: null, settings, unit, authority, vault, signal });
    await tools.prepareBroker(settings, {
      unit,
      authority,
      unitLogin: own?.signIn ?? null,
      watcher: watcher.signIn,
    });
    const key = await commandKeyFor(settings, unit, vault);
    progress('connecting', { host: settings.host }, 0, 1);
    const link = await tools.connections.agent(port, unit, signal);
    const { boot, tag } = await link.hello();
    const known = tools.startedClocks.get(unit);
    const first = known?.boot === boot ? known.sample : await sampleClock(link);
    await proveOnBroker({
      settings,
      unit,
      hello: { manifest: state.journal.manifest, boot, tag: expectedTag(state) ?? tag },
      link,
      watcher: watcher.signIn,
      unitLogin: own?.signIn ?? null,
      authority: authority?.certificate ?? null,
      ...(key
        ? { sign: (request) => signedCommand(key, { ...request, unit, until: Date.now() + goodForMs }) }
        : {}),
      saw: (sight) => fact({ type: 'saw', sight }),
      progress: ({ sight, done, total }) => progress(sight, {}, done, total),
      signal,
      reach: tools.reach,
    });
    if (state.connection?.setTime) progress('clock', {}, 0, 1);
    fact({ type: 'clock', clock: await drift(state, link, first, signal) });
    fact({ type: 'brokerProved' });
  };

/** Null where the unit kept the tag that it had. */
const expectedTag = ({ settings, leftOut }: ProvisionState): string | null =>
  leftOut.includes('config.json:/tag') ? null : (settings?.tag ?? null);

/** Where the clock is the app's business, as long as it takes to say something of its drift. */
async function drift(
  { clock, connection }: ProvisionState,
  link: AgentLink,
  first: ClockSample,
  signal: AbortSignal,
): Promise<ClockFacts> {
  const left = first.host + shortestDriftMs - performance.now();
  if (connection?.setTime && left > 0) await setTimeout(Math.ceil(left) + 1, undefined, { signal });
  return clockFacts(clock?.set === true, first, await sampleClock(link));
}
