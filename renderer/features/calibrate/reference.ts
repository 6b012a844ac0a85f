import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import { ReferenceSource } from '../../../shared/contract/standards.ts';

/** Which reference, how it is read, and which entry of the register it is (null: the one it says it is). */
export interface ReferenceValue {
  port: string;
  source: ReferenceSource;
  standard: string | null;
}

type Modbus = Extract<ReferenceSource, { kind: 'modbus' }>;

/** Settings of a Modbus register as they are being typed. */
export type ModbusDraft = Omit<Modbus, 'kind' | 'unitId' | 'address' | 'decimals' | 'baudRate'> &
  Record<'unitId' | 'address' | 'decimals' | 'baudRate', string>;

export const firstModbus = (unit: string): ModbusDraft => ({
  unitId: '1',
  table: 'holding',
  address: '0',
  type: 'int16',
  wordOrder: 'high-first',
  decimals: '2',
  unit,
  baudRate: '9600',
  parity: 'even',
});

export const modbusDraftOf = (source: Modbus): ModbusDraft => ({
  table: source.table,
  type: source.type,
  wordOrder: source.wordOrder,
  unit: source.unit,
  parity: source.parity,
  unitId: String(source.unitId),
  address: String(source.address),
  decimals: String(source.decimals),
  baudRate: String(source.baudRate),
});

const whole = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN);

export type ModbusField = 'unitId' | 'address' | 'decimals' | 'baudRate';

/** The settings as the contract takes them, or the first one that is not right yet. */
export function readModbus(draft: ModbusDraft): { source: ReferenceSource } | { problem: ModbusField } {
  const parsed = ReferenceSource.safeParse({
    ...draft,
    kind: 'modbus',
    unitId: whole(draft.unitId),
    address: whole(draft.address),
    decimals: whole(draft.decimals),
    baudRate: whole(draft.baudRate),
  });
  if (parsed.success) return { source: parsed.data };
  return { problem: (parsed.error.issues[0]?.path[0] ?? 'address') as ModbusField };
}

/** `host:port` as a person types it, as the name of a port; null where it is none. An IPv6 address stands in []. */
export function networkPort(typed: string): string | null {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^\s:[\]]+):(\d{1,5})$/.exec(typed.trim());
  const number = Number(match?.[2] ?? 0);
  return match === null || number < 1 || number > 65_535 ? null : `tcp:${match[1]}:${number}`;
}

/** What the wizard holds; null until one was chosen. */
export function referenceOf(state: CalibrateState): ReferenceValue | null {
  const { referencePort, source, chosenStandard, reference } = state;
  if (referencePort === null && (source.kind === 'scpi' || source.kind === 'modbus')) return null;
  if (referencePort === null && reference === null && state.tasksStarted === 0) return null;
  return { port: referencePort ?? '', source, standard: chosenStandard };
}
