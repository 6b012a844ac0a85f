import type { Params } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { RunState } from '../../shared/contract/job.ts';
import type { Host } from '../host/host.ts';
import type { Context } from './command.ts';
import { Narrator } from './narrator.ts';

/** Starts the recipe, tells what happens, and resolves when it is done. Throws what it failed with. */
export async function followRun(
  host: Host,
  params: Params<'run.start'>,
  { signal, say }: Pick<Context, 'signal' | 'say'>,
): Promise<RunState> {
  const narrator = new Narrator(say, () => performance.now());
  const ended = Promise.withResolvers<RunState>();
  const stops = [
    host.on('run.changed', (state) => {
      if (state === null) return;
      narrator.run(state);
      if (state.stage === 'done' || state.stage === 'failed') ended.resolve(state);
    }),
    host.on('wizard.changed', (state) => narrator.wizard(state)),
    host.on('task.progress', (progress) => narrator.task(progress)),
    host.on('calibrate.live', (update) => narrator.live(update)),
  ];
  const stop = (): void => {
    say('stopping');
    host.call('run.stop', {}).catch(ended.reject);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    await host.call('run.start', params);
    const state = await ended.promise;
    if (state.failure) throw Failure.fromJSON(state.failure);
    return state;
  } finally {
    signal.removeEventListener('abort', stop);
    for (const off of stops) off();
  }
}
