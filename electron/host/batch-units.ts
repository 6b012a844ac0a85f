import type { ParsedParams } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { isOnPort } from '../drivers/reference-source.ts';
import { isSamePort, portMistake } from './port-names.ts';
import { overview, portOfUnit, profileOfUnit, type Services } from './services.ts';

export interface BatchUnit {
  unit: string;
  port: string;
}

/**
 * Where the units of a batch are. What can be known to be wrong with them is said before anything begins.
 * @throws Failure NOT_FOUND for a unit or a channel that is none, STEP_BLOCKED with the reason
 */
export function batchUnits(
  services: Services,
  { units, plan, port, source }: ParsedParams<'batch.start'>,
): BatchUnit[] {
  if (source.kind === 'typed') throw blocked('a reference that is typed is for one unit at a time');
  const mistake = isOnPort(source) ? portMistake(port) : null;
  if (mistake !== null) throw blocked(`the port of the reference ${mistake}`);
  const known = overview(services).units;
  const found = units.map((unit) => {
    const entry = known.find(({ hardwareId }) => hardwareId === unit);
    if (!entry) throw new Failure('NOT_FOUND', { thing: 'unit', id: unit });
    const { channels } = profileOfUnit(services, unit);
    if (!channels.some(({ id }) => id === plan.channel)) {
      throw new Failure('NOT_FOUND', { thing: `channel of the unit ${unit}`, id: plan.channel });
    }
    return { unit, port: portOfUnit(services, unit, entry.port) };
  });
  found.forEach((one, index) => {
    const other = found.slice(0, index).find((each) => isSamePort(each.port, one.port));
    if (other?.unit === one.unit) throw blocked(`the unit ${one.unit} is named twice`);
    if (other) throw blocked(`the units ${other.unit} and ${one.unit} were both found on ${one.port} last`);
    if (isOnPort(source) && isSamePort(one.port, port))
      throw blocked(`the unit ${one.unit} is on ${port}, where the reference is`);
  });
  return found;
}

const blocked = (detail: string): Failure => new Failure('STEP_BLOCKED', { detail });
