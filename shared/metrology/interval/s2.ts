import { numberText } from '../decision/numbers.ts';
import { fisherF } from '../statistics/statistics.ts';
import { type Bounds, bounded, type IntervalAnswer, percent } from './answer.ts';
import { maximise } from './maximise.ts';
import { type ReliabilityModel, reliabilityModels } from './reliability-models.ts';

/** Calibrations after about the same time: how many, and how many of them in tolerance as found. */
export interface ReliabilityGroup {
  time: number;
  calibrations: number;
  inTolerance: number;
}

export interface S2Request extends Bounds {
  groups: readonly ReliabilityGroup[];
  targetReliability: string;
}

/** A likelihood is flat at its top: seven digits of what it leads to are sure. */
const figure = (value: number): string => numberText(value, 7);

interface Fitted {
  name: string;
  model: ReliabilityModel;
  theta: readonly number[];
  logLikelihood: number;
  /** Time at which the target is reached; null where that is not within ten times what was observed. */
  interval: number | null;
  /** F of lack of fit and the confidence that the model is wrong; null where the groups do not tell. */
  lackOfFit: { f: number; rejection: number } | null;
  /** Akaike's: the smaller the better. */
  information: number;
}

/** Fewer, or at fewer than two times, carry no curve. */
const leastInAll = 10;
/** A model that is wrong with this confidence is not used. */
const rejectionLimit = 0.95;

/**
 * NCSLI RP-1, method S2 (binomial method): reliability over time since calibration by maximum likelihood (D-5), each
 * model of appendix D tested by its lack of fit (D-19, D-23). Of the models that are not rejected at 95 % the one with
 * the smallest AIC is taken, where RP-1 weighs models by a figure of merit of its own; all are in the answer.
 */
export function reliabilityInterval(request: S2Request): IntervalAnswer {
  const groups = request.groups.filter(({ calibrations }) => calibrations > 0);
  const target = Number(request.targetReliability);
  const reason = tooLittle(groups);
  if (reason !== null) return { method: 's2', interval: null, basis: reason };
  const fitted = Object.entries(reliabilityModels)
    .map(([name, model]) => fitModel(name, model, groups, target))
    // From its start a model may find no parameters at all that data of such times are possible with.
    .filter(({ logLikelihood: found, theta }) => [found, ...theta].every(Number.isFinite))
    .sort((a, b) => a.information - b.information);
  const chosen = fitted.find(
    ({ interval, lackOfFit }) =>
      interval !== null && (lackOfFit === null || lackOfFit.rejection < rejectionLimit),
  );
  const models = fitted.map(shown);
  if (!chosen || chosen.interval === null) {
    const basis =
      'NCSLI RP-1, method S2: no model of reliability fits these data and reaches the target within ten times what was observed.';
    return { method: 's2', interval: null, models, basis };
  }
  const longest = Math.max(...groups.map(({ time }) => time));
  return {
    method: 's2',
    interval: figure(bounded(chosen.interval, request)),
    calculatedInterval: figure(chosen.interval),
    model: chosen.name,
    extrapolated: chosen.interval > longest,
    models,
    basis:
      `NCSLI RP-1, method S2: ${sum(groups, 'inTolerance')} of ${sum(groups, 'calibrations')} calibrations in tolerance ` +
      `at ${groups.length} intervals; by maximum likelihood the model ${chosen.name} (${chosen.model.equation}) ` +
      `falls to ${percent(target)} then.`,
  };
}

const sum = (groups: readonly ReliabilityGroup[], key: keyof ReliabilityGroup): number =>
  groups.reduce((total, group) => total + group[key], 0);

function tooLittle(groups: readonly ReliabilityGroup[]): string | null {
  const [all, good] = [sum(groups, 'calibrations'), sum(groups, 'inTolerance')];
  if (all < leastInAll) return `Too few: ${all} calibrations; at least ${leastInAll} are needed.`;
  if (groups.length < 2) return 'Too few: all calibrations came after the same time; method A3 is for these.';
  if (good === all) return `None of ${all} calibrations was out of tolerance: the data show no end yet.`;
  if (good === 0) return `None of ${all} calibrations was in tolerance: the data show no beginning.`;
  return null;
}

function fitModel(
  name: string,
  model: ReliabilityModel,
  groups: readonly ReliabilityGroup[],
  target: number,
): Fitted {
  const scale = sum(groups, 'time') / groups.length;
  const theta = (logs: readonly number[]): number[] => logs.map(Math.exp);
  const { at, value } = maximise(
    (logs) => logLikelihood(model, theta(logs), groups),
    model.start(scale).map(Math.log),
  );
  const best = withoutIdle(theta(at), (each) => logLikelihood(model, each, groups));
  return {
    name,
    model,
    theta: best,
    logLikelihood: value,
    interval: reaching(target, (t) => model.reliability(t, best), groups),
    lackOfFit: lackOfFit((t) => model.reliability(t, best), groups, at.length),
    information: 2 * at.length - 2 * value,
  };
}

/** A parameter that was driven to nothing, and changes nothing there, is zero. */
const withoutIdle = (theta: readonly number[], value: (theta: readonly number[]) => number): number[] => {
  const best = value(theta);
  return theta.map((each, k) =>
    Math.abs(value(theta.map((other, i) => (i === k ? 0 : other))) - best) < 1e-10 ? 0 : each,
  );
};

/** Without the binomial coefficients, which no parameter changes. */
function logLikelihood(
  model: ReliabilityModel,
  theta: readonly number[],
  groups: readonly ReliabilityGroup[],
): number {
  let total = 0;
  for (const { time, calibrations, inTolerance } of groups) {
    const share = model.reliability(time, theta);
    if (inTolerance > 0) total += inTolerance * Math.log(share);
    if (inTolerance < calibrations) total += (calibrations - inTolerance) * Math.log1p(-share);
  }
  return total;
}

function reaching(
  target: number,
  reliability: (t: number) => number,
  groups: readonly ReliabilityGroup[],
): number | null {
  let [low, high] = [0, 10 * Math.max(...groups.map(({ time }) => time))];
  if (!(reliability(high) < target) || !(reliability(high * 1e-9) > target)) return null;
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i += 1) {
    const middle = (low + high) / 2;
    if (reliability(middle) < target) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** s_L^2 / s_E^2 (D-19, D-23): scatter of the groups about the curve over that within the groups. */
function lackOfFit(
  reliability: (t: number) => number,
  groups: readonly ReliabilityGroup[],
  parameters: number,
): Fitted['lackOfFit'] {
  const [among, inside] = [groups.length - parameters, sum(groups, 'calibrations') - groups.length];
  if (among < 1 || inside < 1) return null;
  const shares = groups.map((group) => ({ ...group, share: group.inTolerance / group.calibrations }));
  const error = shares.reduce((all, { calibrations: n, share: r }) => all + n * r * (1 - r), 0) / inside;
  const lack =
    shares.reduce((all, { calibrations: n, share: r, time }) => all + n * (r - reliability(time)) ** 2, 0) /
    among;
  if (error === 0) return null;
  return { f: lack / error, rejection: fisherF.cumulative(lack / error, among, inside) };
}

const shown = ({ name, model, theta, logLikelihood: value, interval, lackOfFit: lack }: Fitted) => ({
  name,
  equation: model.equation,
  parameters: theta.map(figure),
  logLikelihood: figure(value),
  interval: interval === null ? null : figure(interval),
  f: lack === null ? null : figure(lack.f),
  rejectionConfidence: lack === null ? null : figure(lack.rejection),
});
