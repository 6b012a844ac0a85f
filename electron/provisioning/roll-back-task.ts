import { Failure } from '../../shared/contract/failure.ts';
import { type ProvisionTools, type Task, unitOf } from './tools.ts';

/** Back to the software that ran before, which is started and asked who it is. */
export const rollBackTask =
  (tools: ProvisionTools): Task =>
  async (state, { fact, progress, signal }) => {
    const { session, port, expected } = await unitOf(tools, state, signal);
    if (!state.journal) throw new Failure('STEP_BLOCKED', { detail: 'nothing was pushed' });
    const slot = await session.rollBack({ expected, from: state.journal.slot, signal });
    progress('restarting', { unit: expected }, 0, 1);
    const hello = await tools.connections.restart(port, expected, signal).catch((thrown: unknown) => {
      throw Failure.from(thrown).leaving('indeterminate');
    });
    if (hello.slot !== slot || hello.manifest === null) {
      const detail = `it started slot ${hello.slot ?? 'none'} instead of slot ${slot}`;
      throw new Failure('NOT_CONFIRMED', { unit: expected, detail }, { deviceState: 'indeterminate' });
    }
    fact({ type: 'rolledBack', journal: { slot, manifest: hello.manifest, stage: 'rolled-back' } });
  };
