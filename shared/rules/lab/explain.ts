import { fromQuanta } from '../../units/units.ts';
import type { CompileChannel } from '../compile-channel.ts';
import { conditionTexts, partsOf, type Row } from '../decompile.ts';
import type { DeviceForm } from '../device-form.ts';
import type { Insight } from '../engine.ts';
import type { Truth } from '../nodes.ts';
import { timerText } from './timer-text.ts';

/** A condition at an instant, and those that it is made of. */
export interface Explained {
  /** As the text view says it. */
  text: string;
  truth: Truth;
  /** What it looks at, in the unit of the channel; null while that is bad. Absent where it looks at conditions. */
  value?: string | null;
  /** How far the value is from the limit where the condition would change, in the same unit; 0 at the limit. */
  away?: string;
  /** Timer or count of the condition: `still for 12s of 1min`. Absent where none runs. */
  timer?: string;
  parts: Explained[];
}

const number = (row: Row, at: number): number => Number(row[at]);

/** Quanta until a plain threshold would hold (where it does not), or until it would let go. */
function away(row: Row, x: number, holds: boolean): number | null {
  const [limit, band] = [number(row, 2), number(row, 3)];
  if (row[0] === 'hi') return holds ? x - (limit - band) : limit - x;
  if (row[0] === 'lo') return holds ? limit + band - x : x - limit;
  if (row[0] !== 'out') return null;
  const [high, inner] = [band, number(row, 4)];
  const toEdge = Math.min(x - limit, high - x);
  return holds ? Math.max(0, Math.max(limit + inner - x, x - (high - inner))) : Math.max(0, toEdge);
}

const onConditions = new Set<unknown>(['not', 'cnt', 'then', 'miss', 'nof', 'week']);

/** How to say what the conditions of a rule set hold at an instant. */
export interface Explainer {
  explain: (condition: number, insight: Insight) => Explained;
  /** What is missing to the limits, summed up, where the condition does not hold; infinite where that is unknown. */
  lack: (condition: number, insight: Insight) => number;
}

/** Fails with RULES_INVALID. */
export function explainer(form: DeviceForm, channels: readonly CompileChannel[]): Explainer {
  const { texts, quanta } = conditionTexts(form, channels);
  const explain = (index: number, insight: Insight): Explained => {
    const row = (form.cond[index] ?? []) as Row;
    const text = texts[index] ?? '';
    const truth = insight.conditions[index] ?? null;
    const waits = timerText(row, insight.memories[index] ?? [], insight.t ?? 0);
    const timer = waits === null ? {} : { timer: waits };
    if (onConditions.has(row[0])) {
      return { text, truth, ...timer, parts: partsOf(row).map((part) => explain(part, insight)) };
    }
    const signal = number(row, 1);
    const quantum = quanta[signal] ?? '1';
    const x = insight.signals[signal] ?? null;
    if (x === null) return { text, truth, value: null, parts: [] };
    const distance = truth === null ? null : away(row, x, truth === 1);
    return {
      text,
      truth,
      value: fromQuanta(x, quantum),
      ...(distance === null ? {} : { away: fromQuanta(distance, quantum) }),
      ...timer,
      parts: [],
    };
  };
  const steps = quanta.map(Number);
  const lack = (index: number, insight: Insight): number => {
    const truth = insight.conditions[index] ?? null;
    if (truth === 1) return 0;
    const row = (form.cond[index] ?? []) as Row;
    if (onConditions.has(row[0])) return partsOf(row).reduce((sum, part) => sum + lack(part, insight), 0);
    const x = insight.signals[number(row, 1)] ?? null;
    const distance = x === null || truth === null ? null : away(row, x, false);
    return distance === null ? Number.POSITIVE_INFINITY : distance * (steps[number(row, 1)] ?? 1);
  };
  return { explain, lack };
}
