import type { CalibrationPlan } from '../../contract/calibration-plan.ts';
import type { ReferenceStandard, StandardConcern } from '../../contract/standards.ts';
import {
  add,
  compare,
  divide,
  fromDecimal,
  multiply,
  type Rational,
  rational,
  square,
  toSignificant,
} from '../rational.ts';
import { squareRootText } from '../square-root.ts';
import { presentCertificate, standardAt } from './standard-at.ts';

type Asked = Pick<CalibrationPlan, 'points' | 'tolerance' | 'leastTur'>;

/** Of the contract. */
const longestDetail = 300;

/**
 * What speaks against a standard for a plan, on a day (`2026-11-22`); `unit` is the channel's. Empty: it may be used.
 * Null is a standard that is not in the register. What another unit makes meaningless is not judged.
 */
export function standardConcerns(
  standard: ReferenceStandard | null,
  plan: Asked,
  unit: string,
  today: string,
): StandardConcern[] {
  if (standard === null) {
    return [
      concern('unregistered', 'it is not in the register: its certificate and its uncertainty are not known'),
    ];
  }
  return [
    ...retired(standard),
    ...dates(standard, today),
    ...(standard.unit === unit
      ? [...range(standard, plan), ...uncertainty(standard, plan)]
      : [concern('other-unit', `it is calibrated in ${standard.unit}, the channel reads in ${unit}`)]),
  ];
}

const concern = (code: StandardConcern['code'], detail: string): StandardConcern => ({
  code,
  detail: detail.length > longestDetail ? `${detail.slice(0, longestDetail - 1)}…` : detail,
});

const retired = ({ retired }: ReferenceStandard): StandardConcern[] =>
  retired === null ? [] : [concern('retired', `out of use since ${retired.on}: ${retired.reason}`)];

/** Days as text compare as days. The day on which it is due still counts. */
function dates(standard: ReferenceStandard, today: string): StandardConcern[] {
  const { number, issued, due } = presentCertificate(standard);
  if (today > due) return [concern('overdue', `certificate ${number} was due on ${due}, and it is ${today}`)];
  if (today >= issued) return [];
  return [concern('not-yet-valid', `certificate ${number} was issued on ${issued}, and it is ${today}`)];
}

function range(standard: ReferenceStandard, plan: Asked): StandardConcern[] {
  const { number, points } = presentCertificate(standard);
  const [least, most] = [points[0]?.value ?? '0', points.at(-1)?.value ?? '0'];
  const outside = distinct(plan.points).filter((point) => {
    const value = fromDecimal(point);
    return compare(value, fromDecimal(least)) < 0 || compare(value, fromDecimal(most)) > 0;
  });
  if (outside.length === 0) return [];
  const covered = `certificate ${number} covers ${least} to ${most} ${standard.unit}`;
  return [concern('out-of-range', `${covered}, not ${outside.join(', ')}`)];
}

/** With the drift since its certificate, which is as much a part of what is known of it as the certificate's U. */
function uncertainty(standard: ReferenceStandard, plan: Asked): StandardConcern[] {
  const [tolerance, least] = [fromDecimal(plan.tolerance), fromDecimal(plan.leastTur)];
  const poor = distinct(plan.points).flatMap((point) => {
    const variance = expandedSquared(standard, fromDecimal(point));
    if (variance.over === 0n) return [];
    const ratio = divide(square(tolerance), variance);
    return compare(ratio, square(least)) < 0 ? [{ point, ratio, variance }] : [];
  });
  const worst = poor.reduce<(typeof poor)[number] | null>(
    (a, b) => (a === null || compare(b.ratio, a.ratio) < 0 ? b : a),
    null,
  );
  if (worst === null) return [];
  // Rounded so that a ratio just below what is asked is not shown as reached.
  const shown = `TUR ${shownRatio(worst.ratio, least)} at ${worst.point} (tolerance ${plan.tolerance}, U ${squareRootText(worst.variance, 2, 'up')} ${standard.unit}, ${plan.leastTur} is asked)`;
  const others = poor.filter(({ point }) => point !== worst.point).map(({ point }) => point);
  return [
    concern(
      'too-uncertain',
      others.length === 0 ? shown : `${shown}; too little at ${others.join(', ')} as well`,
    ),
  ];
}

/** What a standard is worth at a point: U with its drift (two digits, rounded up), and the tolerance over it. */
export function standardPower(
  standard: ReferenceStandard,
  point: string,
  tolerance: string,
): { expandedUncertainty: string; tur: string | null } {
  const variance = expandedSquared(standard, fromDecimal(point));
  return {
    expandedUncertainty: squareRootText(variance, 2, 'up'),
    tur: variance.over === 0n ? null : squareRootText(divide(square(fromDecimal(tolerance)), variance), 3),
  };
}

/** (U)^2 with k = 2, or the certificate's own k where that is larger: a U that was stated with k = 1 is no better. */
function expandedSquared(standard: ReferenceStandard, value: Rational): Rational {
  const { standardUncertainty, source } = standardAt(standard, value);
  const k = fromDecimal(source.coverageFactor);
  const factor = compare(k, two) > 0 ? k : two;
  const drift = divide(square(fromDecimal(standard.drift)), three);
  return add(square(multiply(factor, standardUncertainty)), multiply(square(two), drift));
}
const two = rational(2n);
const three = rational(3n);

/** The root of a ratio below `least`: three digits, or as many as it takes to be shown below it. */
function shownRatio(ratio: Rational, least: Rational): string {
  for (let digits = 3; digits < 12; digits += 1) {
    const text = squareRootText(ratio, digits);
    if (compare(fromDecimal(text), least) < 0) return text;
  }
  return `below ${toSignificant(least, 6)}`;
}

const distinct = (points: readonly string[]): string[] => [...new Set(points)];
