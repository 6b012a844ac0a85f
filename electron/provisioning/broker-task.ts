import { Failure } from '../../shared/contract/failure.ts';
import type { ProvisionState } from '../../shared/contract/provision.ts';
import type { AgentLink } from '../drivers/driver.ts';
import { proveOnBroker } from './broker/broker.ts';
import { clockFacts, sampleClock } from './clock.ts';
import { credentialFor, watcherFor } from './credentials/credentials.ts';
import { needsAuthority } from './equip.ts';
import { type ProvisionTools, placeOf, type Task } from './tools.ts';

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
    progress('connecting', { host: settings.host }, 0, 1);
    const link = await tools.connections.agent(port, unit, signal);
    const first = await sampleClock(link);
    const { boot, tag } = await link.hello();
    await proveOnBroker({
      settings,
      unit,
      hello: { manifest: state.journal.manifest, boot, tag: expectedTag(state) ?? tag },
      link,
      watcher: watcher.signIn,
      unitLogin: own?.signIn ?? null,
      authority: authority?.certificate ?? null,
      saw: (sight) => fact({ type: 'saw', sight }),
      progress: ({ sight, done, total }) => progress(sight, {}, done, total),
      signal,
      reach: tools.reach,
    });
    await compareClocks(state, link, first, (clock) => fact({ type: 'clock', clock }));
    fact({ type: 'brokerProved' });
  };

/** Null where the unit kept the tag that it had. */
const expectedTag = ({ settings, leftOut }: ProvisionState): string | null =>
  leftOut.includes('config.json:/tag') ? null : (settings?.tag ?? null);

async function compareClocks(
  { clock }: ProvisionState,
  link: AgentLink,
  first: Awaited<ReturnType<typeof sampleClock>>,
  tell: (facts: ReturnType<typeof clockFacts>) => void,
): Promise<void> {
  const facts = clockFacts(clock?.set === true, first, await sampleClock(link));
  if (facts.driftPpm !== null) tell(facts);
}
