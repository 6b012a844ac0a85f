import { bathLagSeconds, startCelsius } from '../../electron/bench/physics.ts';
import type { StabilityRule } from '../../shared/contract/calibrate.ts';
import type { Recipe } from '../../shared/contract/recipe.ts';
import type { AuthorRule } from '../../shared/contract/validate.ts';

/** How much faster than the clock the bench of `plumb run` is. */
const timeFactor = 60;
const lag = bathLagSeconds / timeFactor;

/**
 * Seconds that nobody can save on the bench: the bath's way to each point until a whole window is stable (as-found
 * and as-left), then its way across each threshold of the rules, with their delays. Noise, and all work, left out.
 */
export function unavoidableSeconds({ calibrate, validate }: Recipe): number {
  let bath = startCelsius;
  let seconds = 0;
  if (!calibrate || !validate) throw new Error('the recipe does not measure');
  if (calibrate) {
    for (const point of [...calibrate.points, ...calibrate.points].map(Number)) {
      seconds += settleSeconds(bath, point, calibrate.stability);
      bath = point;
    }
  }
  if (!validate) return seconds;
  let states = validate.rules.map(() => false);
  for (const setPoint of validate.setPoints.map(Number)) {
    const next = validate.rules.map((rule, index) => holds(rule, setPoint, states[index] ?? false));
    const waits = validate.rules.map((rule, index) =>
      next[index] === states[index] ? 0 : crossingSeconds(rule, bath, setPoint, next[index] ?? false),
    );
    seconds += Math.max(0, ...waits);
    states = next;
    bath = setPoint;
  }
  return seconds;
}

/** The earliest end of a window whose least-squares drift is within the limit, on a quiet exponential approach. */
function settleSeconds(
  from: number,
  to: number,
  { readings, intervalMs, maxDrift, nearNominal }: StabilityRule,
) {
  const step = intervalMs / 1000;
  const span = step * (readings - 1);
  const times = Array.from({ length: readings }, (_, i) => i * step);
  const middle = span / 2;
  const squares = times.reduce((sum, time) => sum + (time - middle) ** 2, 0);
  const decayed = (time: number): number => (from - to) * Math.exp(-time / lag);
  for (let start = 0; ; start += step) {
    const slope = times.reduce((sum, time) => sum + (time - middle) * decayed(start + time), 0) / squares;
    const distance = times.reduce((sum, time) => sum + decayed(start + time), 0) / readings;
    if (Math.abs(slope) * span <= Number(maxDrift) && Math.abs(distance) <= Number(nearNominal)) {
      return start + span;
    }
  }
}

const threshold = ({ when }: AuthorRule): number => Number(when.above ?? when.below);

/** Whether the rule fires at a steady value, given whether it did before (inside the dead-band it stays). */
function holds(rule: AuthorRule, value: number, before: boolean): boolean {
  const { above, deadband = '0', not = false } = rule.when;
  const beyond = above === undefined ? threshold(rule) - value : value - threshold(rule);
  const condition = beyond > 0 || (beyond > -Number(deadband) && before !== not);
  return condition !== not;
}

function crossingSeconds(rule: AuthorRule, from: number, to: number, fires: boolean): number {
  const { above, deadband = '0', not = false } = rule.when;
  const edge = fires === not ? Number(deadband) : 0;
  const at = above === undefined ? threshold(rule) + edge : threshold(rule) - edge;
  const crossed = (from - at) * (at - to) > 0 ? lag * Math.log((from - to) / (at - to)) : 0;
  return crossed + seconds(fires ? rule.for : rule.clearAfter);
}

function seconds(duration: string): number {
  const [, amount, unit] = /^(\d+)(ms|s|min|h)$/.exec(duration) ?? [];
  return Number(amount) * ({ ms: 0.001, s: 1, min: 60, h: 3600 }[unit ?? ''] ?? Number.NaN);
}
