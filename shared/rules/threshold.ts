import type { AuthorRule, Mistake } from '../contract/validate.ts';
import { compareDecimal, NumberError, toQuanta, unitSymbol } from '../units/units.ts';
import type { CompileChannel } from './compile-channel.ts';

/** The greatest magnitude of a value on the unit (rule N3 of the model). */
const valueMax = 2 ** 31;

export interface Threshold {
  side: 'above' | 'below';
  /** Quanta. */
  limit: number;
  band: number;
  /** Where the condition ends to hold, quanta. */
  back: number;
}

/** Quanta of a number that a person wrote, or what is wrong with it. */
function quanta(text: string, { quantum, unit }: CompileChannel): number | string {
  try {
    const count = toQuanta(text, quantum);
    return Math.abs(count) <= valueMax ? count : 'is beyond what the unit can count';
  } catch (thrown) {
    if (!(thrown instanceof NumberError)) throw thrown;
    return `is not a whole number of steps of ${quantum} ${unitSymbol(unit)}`;
  }
}

function outOfRange(text: string, { min, max, unit }: CompileChannel): string | null {
  const below = min !== undefined && compareDecimal(text, min) < 0;
  const above = max !== undefined && compareDecimal(text, max) > 0;
  if (!below && !above) return null;
  return `is outside the sensor's range, ${min ?? '…'} to ${max ?? '…'} ${unitSymbol(unit)}`;
}

/** Where a condition ends to hold must be a value that the sensor can show, else the rule never clears. */
function neverBack({ side, back }: Threshold, { quantum, min, max }: CompileChannel): boolean {
  const end = side === 'above' ? min : max;
  if (end === undefined) return false;
  const limit = quanta(end, { id: '', quantum, unit: '', staleMs: 0 });
  if (typeof limit === 'string') return false;
  return side === 'above' ? back <= limit : back >= limit;
}

/** Threshold and dead-band of a rule in the channel's quanta; every mistake with its path below the rule. */
export function thresholdOf(
  when: AuthorRule['when'],
  channel: CompileChannel,
): { threshold: Threshold } | { mistakes: Mistake[] } {
  const side = when.above === undefined ? 'below' : 'above';
  const text = when[side] ?? '0';
  const mistakes: Mistake[] = [];
  const limit = quanta(text, channel);
  const range = typeof limit === 'string' ? limit : outOfRange(text, channel);
  if (range !== null) mistakes.push({ path: `when.${side}`, message: range });
  const band = quanta(when.deadband, channel);
  const negative = typeof band === 'number' && band < 0 ? 'must not be negative' : null;
  const width = typeof band === 'string' ? band : negative;
  if (width !== null) mistakes.push({ path: 'when.deadband', message: width });
  if (mistakes.length > 0 || typeof limit === 'string' || typeof band === 'string') return { mistakes };
  const threshold: Threshold = { side, limit, band, back: side === 'above' ? limit - band : limit + band };
  if (neverBack(threshold, channel)) {
    return {
      mistakes: [
        { path: `when.${side}`, message: 'leaves no value within the sensor’s range on its other side' },
      ],
    };
  }
  return { threshold };
}
