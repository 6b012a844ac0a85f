import { RequestError } from '../request.ts';
import { type Bounds, bounded, figure, type IntervalAnswer, percent } from './answer.ts';
import { atLeast, atMost, shareInterval } from './binomial.ts';

export interface A3Request extends Bounds {
  /** Calibrations at about this interval, and those of them that were in tolerance as found. */
  calibrations: number;
  inTolerance: number;
  interval: string;
  targetReliability: string;
  /** The interval changes where it is wrong with this confidence; 0.5 where left out, as RP-1 proposes. */
  confidence?: string | undefined;
  /** The new interval is at most this many times as long, and at least one such part of the old one; 2. */
  maximumChange?: string | undefined;
}

/** Fewer say nothing of a share. */
export const leastCalibrations = 5;

/**
 * NCSLI RP-1, method A3 (interval test). The confidence Q with which the target lies outside of the confidence
 * interval of the observed reliability is exact binomial: Q = 1 - 2 P(X <= x) below the target, 1 - 2 P(X >= x) above
 * it, one-sided where all or none were in tolerance. The interval is multiplied by 10^(Q (Robs - R)) to shorten it,
 * and by 10^((Robs - R)/(1 - Q)) to lengthen it.
 */
export function testInterval(request: A3Request): IntervalAnswer {
  const { calibrations: n, inTolerance: x } = request;
  const present = Number(request.interval);
  const target = Number(request.targetReliability);
  const wanted = Number(request.confidence ?? '0.5');
  const change = Number(request.maximumChange ?? '2');
  if (x > n) throw new RequestError('inTolerance', 'must not be more than calibrations');
  if (change < 1) throw new RequestError('maximumChange', 'must not be below 1');
  if (n < leastCalibrations) {
    const basis = `Too few: ${n} calibrations at about this interval; at least ${leastCalibrations} are needed.`;
    return { method: 'a3', interval: null, basis };
  }
  const observed = x / n;
  const seen = `${x} of ${n} calibrations at about this interval were in tolerance (${percent(observed)}, target ${percent(target)})`;
  const rejection = rejectionConfidence(x, n, target);
  const factor = multiplier(observed - target, rejection, change);
  const rejected = rejection >= wanted && factor !== 1;
  const range = shareInterval(x, n, wanted);
  const interval = bounded(rejected ? present * factor : present, request);
  return {
    method: 'a3',
    interval: figure(interval),
    calculatedInterval: figure(present * factor),
    rejectionConfidence: figure(rejection),
    observedReliability: figure(observed),
    reliabilityRange: { confidence: figure(wanted), lower: figure(range.lower), upper: figure(range.upper) },
    basis:
      `NCSLI RP-1, method A3: ${seen}. That the interval is wrong has a confidence of ${percent(rejection)}; ` +
      `it is ${rejected ? 'changed' : 'kept'} (from ${percent(wanted)} on).`,
  };
}

function rejectionConfidence(x: number, n: number, target: number): number {
  const tails = x === 0 || x === n ? 1 : 2;
  const tail = x / n < target ? atMost(x, n, target) : atLeast(x, n, target);
  return Math.max(1 - tails * tail, 0);
}

function multiplier(distance: number, rejection: number, change: number): number {
  if (distance <= 0) return Math.max(10 ** (distance * rejection), 1 / change);
  return Math.min(10 ** (distance / (1 - rejection)), change);
}
