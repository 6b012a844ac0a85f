import type { ReferenceStandard, StandardPoint } from '../../contract/standards.ts';
import {
  add,
  compare,
  divide,
  fromDecimal,
  multiply,
  type Rational,
  rational,
  subtract,
} from '../rational.ts';

/** What a standard's certificate says at a value that need not be one of its points. Exact, in the standard's unit. */
export interface StandardFigures {
  /** Add it to what the standard shows. */
  correction: Rational;
  /** Of the correction: U / k. */
  standardUncertainty: Rational;
  /** The certificate's own U and k at the point that the uncertainty is taken from. */
  source: StandardPoint;
}

/** The certificate that counts: the last one. */
export const presentCertificate = ({
  certificates,
}: ReferenceStandard): ReferenceStandard['certificates'][number] => {
  const last = certificates.at(-1);
  if (!last) throw new RangeError('a standard without a certificate');
  return last;
};

/**
 * The correction is interpolated linearly between the certificate's points; the uncertainty is that of the neighbour
 * with the larger one, so that nothing is stated as better known between the points than at them. Outside of the
 * points the nearest one holds: whether the standard may be used there is for `standardConcerns`.
 */
export function standardAt(standard: ReferenceStandard, value: Rational): StandardFigures {
  const { points } = presentCertificate(standard);
  const above = points.find((point) => compare(fromDecimal(point.value), value) >= 0) ?? points.at(-1);
  const below = points.findLast((point) => compare(fromDecimal(point.value), value) <= 0) ?? points[0];
  if (!above || !below) throw new RangeError('a certificate without points');
  const [low, high] = [fromDecimal(below.value), fromDecimal(above.value)];
  const span = subtract(high, low);
  const share = span.over === 0n ? rational(0n) : divide(subtract(value, low), span);
  const step = subtract(fromDecimal(above.correction), fromDecimal(below.correction));
  const source = compare(uncertaintyOf(above), uncertaintyOf(below)) > 0 ? above : below;
  return {
    correction: add(fromDecimal(below.correction), multiply(clamped(share), step)),
    standardUncertainty: uncertaintyOf(source),
    source,
  };
}

const uncertaintyOf = (point: StandardPoint): Rational =>
  divide(fromDecimal(point.expandedUncertainty), fromDecimal(point.coverageFactor));

const clamped = (share: Rational): Rational => {
  if (share.over < 0n) return rational(0n);
  return compare(share, rational(1n)) > 0 ? rational(1n) : share;
};
