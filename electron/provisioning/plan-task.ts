import { factsOf, keepSnapshot, takeSnapshot } from './as-found.ts';
import { demandSecrets } from './equip.ts';
import { toBeOf } from './to-be.ts';
import { type ProvisionTools, type Task, unitOf } from './tools.ts';

/** Reads the unit, keeps what was found in the record, and works out what is to become of it. Writes nothing to it. */
export const planTask =
  (tools: ProvisionTools): Task =>
  async (state, { fact, signal }) => {
    if (state.connection) await demandSecrets(tools, state.connection);
    const { session, expected } = await unitOf(tools, state, signal);
    const held = await session.software({ expected, signal });
    if (!state.unit) return;
    const snapshot = await takeSnapshot(session, held, state.unit, { signal });
    const { difference, software, plan } = await toBeOf(tools, state, { snapshot, held });
    keepSnapshot(tools.store, snapshot);
    fact({ type: 'planned', asFound: factsOf(snapshot), difference, software: software.facts, plan });
  };
