import { absolute, type Rational, subtract } from '../rational.ts';
import { RequestError } from '../request.ts';

/** f0: reading without load after the run minus the one before it (ISO 376, DKD-R 6-1). */
export const zeroDeviation = (before: Rational, after: Rational): Rational => subtract(after, before);

/**
 * Creep: how far the reading moves under a load that does not, from the first reading at or after `from` to the last
 * at or before `to`, in ms after loading. ISO 376 reads it from 30 s to 300 s. Null where the readings do not reach
 * so far. `readings` oldest first, times in ms after loading.
 */
export function creep(
  readings: readonly { at: number; value: Rational }[],
  { from, to }: { from: number; to: number },
): { change: Rational; largest: Rational } | null {
  if (from >= to) throw new RequestError('to', 'must be after from');
  const within = readings.filter(({ at }) => at >= from && at <= to);
  const [first, last] = [within[0], within.at(-1)];
  if (!first || !last || first === last || (readings.at(-1)?.at ?? 0) < to) return null;
  const moves = within.map(({ value }) => absolute(subtract(value, first.value)));
  return {
    change: subtract(last.value, first.value),
    largest: moves.reduce((most, move) => (subtract(move, most).over > 0n ? move : most)),
  };
}
