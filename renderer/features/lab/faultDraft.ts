import { DataFault, type RecordingFacts } from '../../../shared/contract/recordings.ts';
import { fromQuanta } from '../../../shared/units/units.ts';
import { niceStep } from '../../live/range.ts';
import type { Extent } from './scale.ts';

export const faultKinds = ['spike', 'stuck', 'dropout', 'drift', 'noise', 'clock'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault as it is being typed; moments in ms of the recording's clock. */
export interface FaultDraft {
  kind: FaultKind;
  input: string;
  from: number;
  to: number;
  /** Height, drift an hour or amplitude in the channel's unit; s for the clock. */
  amount: string;
  how: 'bad' | 'silent';
}

/** What is typed when nothing was: around the chosen instant, and big enough to be seen. */
export function usualFault(
  kind: FaultKind,
  input: string,
  recording: Pick<RecordingFacts, 'from' | 'to'>,
  at: number | null,
  extent: Extent | null,
  quantum: string,
): FaultDraft {
  const length = recording.to - recording.from;
  const tenth = length > 60_000 ? Math.round(length / 10_000) * 1000 : Math.round(length / 10);
  const from = Math.round(at ?? recording.from + tenth);
  const to = Math.round(Math.min(recording.to, from + tenth));
  const width = extent === null ? 10 : Math.max(extent.high - extent.low, 20 * Number(quantum));
  const round = (share: number): string => {
    const step = Number(quantum);
    return fromQuanta(Math.max(1, Math.round(niceStep(Math.max(share, step)) / step)), quantum);
  };
  const amounts: Readonly<Record<FaultKind, string>> = {
    spike: round(width / 2),
    drift: round((width / 2 / Math.max(1, to - from)) * 3_600_000),
    noise: round(width / 20),
    stuck: '',
    dropout: '',
    clock: '-60',
  };
  return { kind, input, from, to, amount: amounts[kind], how: 'bad' };
}

/** As the contract takes it, ms after the first row; null where something is not right yet. */
export function readFault(draft: FaultDraft, start: number): DataFault | null {
  const { kind, input, amount, how } = draft;
  const [at, to] = [Math.round(draft.from - start), Math.round(draft.to - start)];
  const during = { kind, input, from: at, to };
  const ms = Math.round(Number(amount) * 1000);
  const written: Readonly<Record<FaultKind, unknown>> = {
    spike: { kind, input, at, height: amount },
    stuck: during,
    dropout: { ...during, how },
    drift: { ...during, perHour: amount },
    noise: { ...during, amplitude: amount },
    clock: { kind, at, ms },
  };
  if (at < 0 || (kind !== 'spike' && kind !== 'clock' && to <= at)) return null;
  if (kind === 'clock' && (amount.trim() === '' || ms === 0)) return null;
  const parsed = DataFault.safeParse(written[kind]);
  return parsed.success ? parsed.data : null;
}

/** From when to when a fault shows, ms after the first row; a spike or a step of the clock is a moment. */
export const spanOf = (fault: DataFault): { from: number; until: number } =>
  'at' in fault ? { from: fault.at, until: fault.at } : { from: fault.from, until: fault.to };
