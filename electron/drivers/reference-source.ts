import type { ReferenceIdentity } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Connections } from './connections.ts';
import type { PortlessReference, ReferenceAsk } from './driver.ts';
import { portlessReferenceDrivers } from './drivers.ts';
import type { PortSource } from './open-reference.ts';
import type { SharedReferences, WorkingReference } from './shared-reference.ts';

interface Tools {
  connections: Connections;
  references: SharedReferences;
}

/**
 * Who the reference is, whatever way it is read. An instrument that speaks SCPI says so itself; any other is the
 * standard of the register. It is read once where it can be without a person.
 * @throws Failure of the port; REFERENCE_UNREADABLE, NO_REPLY; NOT_FOUND, STEP_BLOCKED for a channel that is none
 */
export async function identifyReference(
  { connections }: Pick<Tools, 'connections'>,
  ask: ReferenceAsk,
  signal: AbortSignal,
): Promise<ReferenceIdentity> {
  const { source, port, standard } = ask;
  if (source.kind === 'scpi') return connections.identifyReference(port, signal, source);
  const identity = await (isOnPort(source)
    ? connections.identifyReference(port, signal, source)
    : portless(connections, ask).identify());
  if (standard === null) return identity;
  const { maker, model, serial } = standard;
  return { ...identity, maker, model, serial };
}

/** The reference to measure with. Units that share one on a port take their places at it. */
export async function referenceFor(
  { connections, references }: Tools,
  ask: ReferenceAsk,
  signal: AbortSignal,
): Promise<WorkingReference> {
  const { source, port, unit } = ask;
  if (isOnPort(source)) return references.for(unit.port, port, signal, source);
  const reference = portless(connections, ask);
  await reference.identify();
  const setPoint = (): Promise<void> =>
    Promise.reject(new Failure('INTERNAL', { detail: `a ${source.kind} reference is driven by nobody` }));
  return { port: unit.port, read: (options) => reference.read(options), setPoint };
}

/** It is read over a port; units may share it there. */
export const isOnPort = (source: ReferenceAsk['source']): source is PortSource =>
  source.kind === 'scpi' || source.kind === 'modbus';

function portless(connections: Connections, ask: ReferenceAsk): PortlessReference {
  const { source, unit } = ask;
  const given = {
    ...ask,
    onFrame: (listener: Parameters<Connections['onFrame']>[1]) =>
      connections.onFrame(unit.hardwareId, listener),
  };
  if (source.kind === 'channel') return portlessReferenceDrivers.channel.open(given, source);
  if (source.kind === 'typed') return portlessReferenceDrivers.typed.open(given, source);
  throw new Failure('INTERNAL', { detail: `a ${source.kind} reference needs a port` });
}
