import { benchBrokerHost } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { ProvisionState } from '../../shared/contract/provision.ts';
import { factsOf, keepSnapshot, takeSnapshot } from './as-found.ts';
import { demandSecrets } from './equip.ts';
import { refuseSharedLogin } from './shared-login.ts';
import { toBeOf } from './to-be.ts';
import { type ProvisionTools, type Task, unitOf } from './tools.ts';

/** A unit on a desk does not reach the broker of the bench. @throws Failure BENCH_ABSENT */
function refuseBenchBroker({ connection, port }: ProvisionState): void {
  if (connection?.broker?.host !== benchBrokerHost || port?.kind === 'simulated') return;
  throw new Failure('BENCH_ABSENT', { port: benchBrokerHost });
}

/** Reads the unit, keeps what was found in the record, and works out what is to become of it. Writes nothing to it. */
export const planTask =
  (tools: ProvisionTools): Task =>
  async (state, { fact, signal }) => {
    refuseBenchBroker(state);
    refuseSharedLogin(tools.store, state);
    if (state.connection) await demandSecrets(tools, state.connection);
    const { session, expected } = await unitOf(tools, state, signal);
    const held = await session.software({ expected, signal });
    if (!state.unit) return;
    const snapshot = await takeSnapshot(session, held, state.unit, { signal });
    const { difference, software, plan } = await toBeOf(tools, state, { snapshot, held });
    keepSnapshot(tools.store, snapshot);
    fact({ type: 'planned', asFound: factsOf(snapshot), difference, software: software.facts, plan });
  };
