import type { CalibrationPlan, PointResult } from '../../contract/calibrate.ts';
import type { Laboratory } from '../../contract/certificate.ts';
import type { PointEvaluation, PointVerdict, RunEvaluation } from '../../contract/evaluation.ts';
import type { ProfileChannel } from '../../contract/profile.ts';
import type { ReferenceStandard } from '../../contract/standards.ts';
import { compareDecimal } from '../../units/units.ts';
import {
  directions,
  hysteresis,
  type PointMeasurement,
  pointBudget,
  repeatability,
} from '../characteristics/characteristics.ts';
import { type Decision, decide, type Verdict } from '../decision/decision.ts';
import { standardAt } from '../decision/standard-at.ts';
import { rootText, valueText } from '../fit/text.ts';
import {
  add,
  fromDecimal,
  multiply,
  type Rational,
  rational,
  subtract,
  toPlaces,
  zero,
} from '../rational.ts';
import { mean } from '../statistics.ts';
import { type Combined, combine } from './point-uncertainty.ts';
import { roundingWords, uncertaintyWords } from './statements.ts';

export interface Run {
  plan: CalibrationPlan;
  /** Every result of the run, in the order in which they were measured. */
  results: readonly PointResult[];
  /** Null: the reference is not in the register, so that its uncertainty is not known. */
  standard: ReferenceStandard | null;
  channel: Pick<ProfileChannel, 'unit' | 'quantum'>;
  laboratory: Pick<Laboratory, 'rounding' | 'floor'>;
}

/** More digits than anybody prints, and short enough to store. */
const digits = 20;
const text = (value: Rational): string => valueText(value, digits);

const verdictOf = {
  pass: 'pass',
  conditionalPass: 'conditional-pass',
  conditionalFail: 'conditional-fail',
  fail: 'fail',
} as const satisfies Record<Verdict, PointVerdict>;

/** Best first: a run is as good as its worst point. */
const order: readonly PointVerdict[] = ['pass', 'conditional-pass', 'conditional-fail', 'fail'];

/**
 * Judges a complete run: for every nominal value the error with its uncertainty, and the verdict of the agreed rule on
 * the unrounded error. Results at the same nominal value, from below, from above and in repeats, are one row.
 */
export function evaluateRun(run: Run): RunEvaluation {
  const { plan, results, laboratory } = run;
  const ways = directions(results.map(({ nominal }) => nominal));
  const measured = results.map((result, index) => ({ ...result, index, direction: ways[index] ?? null }));
  const nominals = plan.points.filter(
    (nominal, i) => plan.points.findIndex((other) => compareDecimal(other, nominal) === 0) === i,
  );
  const rows = nominals.map((nominal) =>
    rowOf(
      run,
      nominal,
      measured.filter((result) => compareDecimal(result.nominal, nominal) === 0),
    ),
  );
  const verdicts = rows.map(({ point }) => order.indexOf(point.verdict));
  return {
    points: rows.map(({ point }) => point),
    verdict: order[Math.max(...verdicts)] ?? 'fail',
    withinAsLeftLimit: rows.every(({ asLeft }) => asLeft.verdict === 'pass'),
    roundingStatement: roundingWords(laboratory.rounding),
    decisionStatement: decisionWords(rows.map(({ decision }) => decision)),
    uncertaintyStatement: hasCertificate(run)
      ? uncertaintyWords(
          plan.probability,
          floorOf(run),
          rows.map(({ method }) => method),
        )
      : null,
  };
}

type Measured = PointResult & PointMeasurement & { index: number };

interface Row {
  point: PointEvaluation;
  decision: Decision;
  asLeft: Decision;
  method: Combined['method'];
}

const hasCertificate = ({ standard, channel }: Run): boolean => standard?.unit === channel.unit;

const floorOf = ({ laboratory: { floor }, channel }: Run): string | null =>
  floor?.unit === channel.unit ? floor.amount : null;

/** Measured as they were read, and the correction of the standard once more on top. */
const referenceOf = ({ readings, correction }: PointResult): Rational =>
  add(mean(readings.map(({ reference }) => fromDecimal(reference))) ?? zero, fromDecimal(correction));
const unitOf = ({ readings }: PointResult): Rational =>
  mean(readings.map(({ unit }) => fromDecimal(unit))) ?? zero;

function rowOf(run: Run, nominal: string, results: readonly Measured[]): Row {
  const { plan, laboratory } = run;
  const reference = mean(results.map(referenceOf)) ?? zero;
  const unit = mean(results.map(unitOf)) ?? zero;
  const error = subtract(unit, reference);
  const { stated, method } = combine(error, sourcesOf(run, results, reference), {
    probability: plan.probability,
    rounding: laboratory.rounding,
    floor: floorOf(run),
  });
  const judged = (tolerance: string): Decision =>
    decide({
      error: text(error),
      expandedUncertainty: stated.expandedUncertainty,
      coverageFactor: stated.coverageFactor,
      tolerance: { symmetric: tolerance },
      rule: plan.decision,
    });
  const decision = judged(plan.tolerance);
  const found = { nominal, results, reference, unit, error };
  return {
    point: pointOf(found, stated, decision),
    method,
    decision,
    asLeft: plan.asLeftLimit === null ? decision : judged(plan.asLeftLimit),
  };
}

function sourcesOf(
  { standard, channel, plan }: Run,
  results: readonly Measured[],
  reference: Rational,
): ReturnType<typeof pointBudget> {
  const known = standard?.unit === channel.unit ? standard : null;
  const source = known && standardAt(known, reference).source;
  return pointBudget({
    results,
    reference: {
      certificate: source && {
        expandedUncertainty: source.expandedUncertainty,
        coverageFactor: source.coverageFactor,
      },
      drift: known?.drift ?? '0',
      resolution: known?.resolution ?? '0',
    },
    unitResolution: channel.quantum,
    added: plan.uncertainties,
  });
}

interface Found {
  nominal: string;
  results: readonly Measured[];
  reference: Rational;
  unit: Rational;
  error: Rational;
}

function pointOf(found: Found, stated: Combined['stated'], decision: Decision): PointEvaluation {
  const { nominal, results, reference, unit, error } = found;
  const errors = results.map((result) => ({
    direction: result.direction ?? 'up',
    error: subtract(unitOf(result), referenceOf(result)),
  }));
  const way = (wanted: 'up' | 'down'): Rational[] =>
    errors.flatMap((each) => (each.direction === wanted ? [each.error] : []));
  const h = hysteresis(way('up'), way('down'));
  const scatter = repeatability([way('up'), way('down')]);
  const { acceptance } = decision;
  return {
    nominal,
    results: results.map(({ index }) => index),
    reference: text(reference),
    unit: text(unit),
    error: text(error),
    hysteresis: h && text(h),
    repeatability: scatter && rootText(scatter.variance, 6),
    ...stated,
    acceptance:
      acceptance?.lower == null || acceptance.upper === null
        ? null
        : { lower: acceptance.lower, upper: acceptance.upper },
    verdict: verdictOf[decision.verdict],
    conformanceProbability: percent(decision.conformanceProbability),
    tur: decision.testUncertaintyRatio ?? '0',
  };
}

const percent = (probability: string): string =>
  toPlaces(multiply(fromDecimal(probability), rational(100n)), 4);

/** The rule is the same at every point; the risk that is told is the largest, and guard bands go with U. */
function decisionWords(decisions: readonly Decision[]): string {
  const worst = decisions.reduce<Decision | undefined>(
    (most, next) => (most === undefined || riskOf(next) > riskOf(most) ? next : most),
    undefined,
  );
  if (worst === undefined) return '';
  const bands = decisions.map(({ guardBand }) => guardBand).sort(compareDecimal);
  const [least = '', most = ''] = [bands[0], bands.at(-1)];
  if (least === most) return worst.ruleStatement;
  return worst.ruleStatement.replace(
    `guard band ${worst.guardBand}.`,
    `guard band ${least} to ${most}, from point to point.`,
  );
}

const riskOf = ({ riskAtAcceptanceLimit }: Decision): number => Number(riskAtAcceptanceLimit ?? '1');
