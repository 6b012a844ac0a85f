import type { EventPayload } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { ValidateFact, ValidateState } from '../../shared/contract/validate.ts';
import type { RunTask } from '../../shared/wizard/task.ts';
import type { Connections } from '../drivers/connections.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { ShadowRun } from './shadow-run.ts';

type ShadowUpdate = EventPayload<'lab.shadow'>;

export interface ShadowTools {
  connections: Pick<Connections, 'agent' | 'onFrame' | 'onDamage'>;
  live: Pick<LiveHub, 'subscribe' | 'unsubscribe'>;
  profileOf: (unit: string) => Profile;
  portOf: (unit: string, opened: string) => string;
  shadowed: (update: ShadowUpdate) => void;
}

/** At most five times a second: often enough to watch, seldom enough for any page. */
const tellMs = 200;

/**
 * The compiled rules on the unit's live frames until somebody stops them; then what was seen is reported. The unit is
 * not written to. It may go away and come back meanwhile.
 */
export const shadow =
  ({ connections, live, profileOf, portOf, shadowed }: ShadowTools): RunTask<ValidateState, ValidateFact> =>
  async (state, { fact, progress, signal }) => {
    const { compiled, watched, unit } = state;
    if (!compiled || !watched) throw new Failure('STEP_BLOCKED', { detail: 'there is no rule set' });
    const { channels } = profileOf(unit);
    const run = new ShadowRun(compiled.text, channels, watched.faults);
    const link = await connections.agent(portOf(unit, state.port), unit, signal);
    const { tag, boot } = await link.hello();
    const tell = (): void => {
      const { states, fires, ...now } = run.now();
      const rules = compiled.ids.map((id, i) => ({ id, state: states[i] ?? 'NORMAL', fires: fires[i] ?? 0 }));
      shadowed({ wizard: state.id, ...now, rules });
      const seconds = Math.floor(run.length / 1000);
      progress('shadowing', { seconds, frames: now.frames, restarts: run.restarts }, 0, 1);
    };
    const unlisten = [
      connections.onFrame(unit, (frame) => run.frame(frame)),
      connections.onDamage(unit, () => run.restart()),
    ];
    // Somebody looks: the unit is taken up again whenever it comes back.
    const stream = live.subscribe(unit, () => portOf(unit, state.port), channels, { post: () => undefined });
    const timer = setInterval(tell, tellMs);
    try {
      await stopped(signal);
    } finally {
      clearInterval(timer);
      live.unsubscribe(stream);
      for (const end of unlisten) end();
    }
    tell();
    const origin = watched.faults.length > 0 ? 'injected' : 'live';
    const name = `${tag || unit}, boot ${boot}`.slice(0, 120);
    const { revision } = compiled;
    const seen = run.seen({ origin, name, data: null, revision, normal: watched.normal });
    if (!seen) throw new Failure('CANCELLED', { during: 'watching the rules on live data' });
    fact({ type: 'seen', run: seen });
  };

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
