import { normal } from '../statistics/normal.ts';
import { integratePieces } from './quadrature.ts';

/** Limits as doubles; infinite where open. */
export interface Span {
  lower: number;
  upper: number;
}

export interface RiskSetting {
  tolerance: Span;
  /** Null where nothing is accepted. */
  acceptance: Span | null;
  /** Standard deviation of the errors of all such units before the calibration, and their mean (0 where left out). */
  process: { standardDeviation: number; mean?: number };
  /** Standard uncertainty of the measurement. */
  standardUncertainty: number;
}

/** Probabilities over all units that are calibrated so; the four add up to 1. */
export interface GlobalRisk {
  /** PFA: out of tolerance and accepted. */
  falseAccept: number;
  /** PFR: within tolerance and rejected. */
  falseReject: number;
  trueAccept: number;
  trueReject: number;
  /** CPFA: of those accepted, out of tolerance; null where nothing is ever accepted. */
  falseAcceptOfAccepted: number | null;
}

/** The standard normal density is below 1e-330 beyond. */
const edge = 39;

/**
 * Global consumer's and producer's risk (JCGM 106:2012, 9.5; NCSLI RP-19): the true error is normal with the process
 * deviation, the measured one is normal about it. Integrated over the true error to about 1e-12.
 */
export function globalRisk({
  tolerance,
  acceptance,
  process,
  standardUncertainty: st,
}: RiskSetting): GlobalRisk {
  const { standardDeviation: sp, mean = 0 } = process;
  // z: the true error in process deviations from its mean.
  const inside: [number, number] = [
    Math.max(-edge, (tolerance.lower - mean) / sp),
    Math.min(edge, (tolerance.upper - mean) / sp),
  ];
  const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const accepts = acceptance === null ? () => 0 : acceptanceAt(acceptance, { sp, mean, st });
  const rejects = acceptance === null ? () => 1 : rejectionAt(acceptance, { sp, mean, st });
  const accepted = (z: number): number => density(z) * accepts(z);
  const rejected = (z: number): number => density(z) * rejects(z);
  const cuts = [...spread([0], 1), ...spread(acceptance ? finite(acceptance, mean, sp) : [], st / sp)];
  const over = (f: (z: number) => number, part: [number, number]): number =>
    part[0] < part[1] ? integratePieces(f, part, cuts) : 0;
  const outside: [number, number][] = [
    [-edge, inside[0]],
    [inside[1], edge],
  ];
  const falseAccept = outside.reduce((total, part) => total + over(accepted, part), 0);
  const trueReject = outside.reduce((total, part) => total + over(rejected, part), 0);
  const trueAccept = over(accepted, inside);
  const all = falseAccept + trueAccept;
  return {
    falseAccept,
    falseReject: over(rejected, inside),
    trueAccept,
    trueReject,
    falseAcceptOfAccepted: all > 0 ? falseAccept / all : null,
  };
}

/** The probability that a unit with this true error is accepted. */
const acceptanceAt =
  ({ lower, upper }: Span, { sp, mean, st }: { sp: number; mean: number; st: number }) =>
  (z: number): number => {
    const x = mean + sp * z;
    const [low, high] = [(lower - x) / st, (upper - x) / st];
    return low > 0
      ? normal.upperTail(low) - normal.upperTail(high)
      : normal.cumulative(high) - normal.cumulative(low);
  };

/** That it is not: both tails, because of 1 less the above only rounding would be left where hardly any is rejected. */
const rejectionAt =
  ({ lower, upper }: Span, { sp, mean, st }: { sp: number; mean: number; st: number }) =>
  (z: number): number => {
    const x = mean + sp * z;
    return normal.cumulative((lower - x) / st) + normal.upperTail((upper - x) / st);
  };

const finite = ({ lower, upper }: Span, mean: number, sp: number): number[] =>
  [lower, upper].filter(Number.isFinite).map((limit) => (limit - mean) / sp);

/** Places around each of `centres` at which a curve of this width is cut, so that no peak falls between nodes. */
const spread = (centres: readonly number[], width: number): number[] =>
  centres.flatMap((centre) =>
    [0, 1, 2, 4, 8, 16, 38].flatMap((n) => [centre - n * width, centre + n * width]),
  );

/** sigma_p of a process of which this share lies within +-TL about zero: TL / z((1 + share)/2). */
export const processDeviation = (halfWidth: number, inTolerance: number): number =>
  halfWidth / normal.quantile((1 + inTolerance) / 2);
