import { Failure } from '../../shared/contract/failure.ts';
import type { ProvisionFact, ProvisionState } from '../../shared/contract/provision.ts';
import type { TaskTable } from '../../shared/wizard/task.ts';
import { brokerTask } from './broker-task.ts';
import { planTask } from './plan-task.ts';
import { pushTask } from './push-task.ts';
import { rollBackTask } from './roll-back-task.ts';
import type { ProvisionTools, Task } from './tools.ts';

export type { ProvisionTools } from './tools.ts';

/** The tasks of the provisioning wizard: identify the unit, plan, push and prove what runs, take it back. */
export function provisionTasks(tools: ProvisionTools): TaskTable<ProvisionState, ProvisionFact> {
  const alone =
    (task: Task): Task =>
    (state, context) => {
      const opened = state.port?.port ?? '';
      const port = state.unit ? tools.portOf(state.unit.hardwareId, opened) : opened;
      return tools.connections.exclusively(port, () => task(state, context));
    };
  return {
    identify: alone(identify(tools)),
    plan: alone(planTask(tools)),
    push: alone(pushTask(tools)),
    rollBack: alone(rollBackTask(tools)),
    broker: alone(brokerTask(tools)),
  };
}

const identify =
  ({ connections }: ProvisionTools): Task =>
  async (state, { fact, signal }) => {
    if (!state.port) throw new Failure('STEP_BLOCKED', { detail: 'no port is chosen' });
    fact({ type: 'identified', unit: await connections.identify(state.port, signal) });
  };
