import { dropZeros, floatText, rootText, toNumber, valueText } from '../fit/text.ts';
import {
  absolute,
  add,
  divide,
  fromDecimal,
  multiply,
  type Rational,
  significantPlaces,
  square,
  subtract,
  toPlaces,
  zero,
} from '../rational.ts';
import { RequestError } from '../request.ts';
import type { BudgetRequest } from './budget-schema.ts';
import { type Correlations, correlationsOf } from './correlations.ts';
import { formulaModel, type Model, sumModel } from './model.ts';
import { type MonteCarlo, monteCarlo, tolerance } from './monte-carlo.ts';
import { covariance, isCorrelated, root, terms } from './propagate.ts';
import { degreesText, type Result, resultOf } from './result.ts';
import { type Input, inputOf } from './source.ts';
import { reported, statement } from './statement.ts';

export type BudgetAnswer = Readonly<Record<string, unknown>>;

/** The uncertainty budget that was asked (JCGM 100). Throws RequestError. */
export function answerBudget(request: BudgetRequest): BudgetAnswer {
  const inputs = request.sources.map((source, i) => inputOf(source, `sources.${i}`));
  checkNames(inputs);
  const correlations = correlationsOf(request.correlations ?? [], inputs);
  const models = modelsOf(request, inputs);
  checkUse(
    models.map(({ model }) => model),
    inputs,
  );
  const results = models.map(({ name, model, path }) => ({
    name,
    result: resultOf(request, model, inputs, correlations, path),
  }));
  const answers = results.map(({ result }) => answerOf(request, result, inputs, correlations));
  const [only] = answers;
  if (!request.models && only) return { ...only, ...correlated(inputs, correlations) };
  return {
    outputs: Object.fromEntries(results.map(({ name }, i) => [name, answers[i]])),
    outputCorrelations: outputCorrelations(results, inputs, correlations),
    ...correlated(inputs, correlations),
  };
}

function checkNames(inputs: readonly Input[]): void {
  inputs.forEach(({ name }, i) => {
    if (inputs.findIndex((other) => other.name === name) < i) {
      throw new RequestError(`sources.${i}.name`, `${JSON.stringify(name)} stands here twice`);
    }
  });
}

function modelsOf(request: BudgetRequest, inputs: readonly Input[]) {
  const given = request.sources.map(({ sensitivity }) => sensitivity);
  const { model, models } = request;
  if (model !== undefined && models !== undefined)
    throw new RequestError('models', 'and model exclude each other');
  if (models === undefined) {
    const path = model === undefined ? 'sources' : 'model';
    const found = model === undefined ? sumModel(inputs, given) : formulaModel(model, inputs, given, 'model');
    return [{ name: '', model: found, path }];
  }
  const asked = given.findIndex((sensitivity) => sensitivity !== undefined);
  if (asked >= 0) throw new RequestError(`sources.${asked}.sensitivity`, 'has no meaning beside models');
  return Object.entries(models).map(([name, text]) => {
    const path = `models.${name}`;
    return { name, model: formulaModel(text, inputs, [], path), path };
  });
}

/** A source that no model names would silently count for nothing. */
function checkUse(models: readonly Model[], inputs: readonly Input[]): void {
  inputs.forEach(({ name }, i) => {
    if (models.some(({ formula }) => formula === null || formula.names.includes(name))) return;
    throw new RequestError(`sources.${i}.name`, `${JSON.stringify(name)} is not in the model`);
  });
}

function answerOf(
  request: BudgetRequest,
  result: Result,
  inputs: readonly Input[],
  correlations: Correlations,
) {
  const { digits = 15 } = request;
  const shown = (value: Rational): string => valueText(value, digits);
  const { coverage, firstOrder, secondOrder } = result;
  return {
    value: shown(result.model.value),
    combinedStandardUncertainty: rootText(result.combined, digits),
    effectiveDegreesOfFreedom: degreesText(result, shown),
    coverageFactor: request.coverageFactor ?? valueText(coverage.k, 12),
    expandedUncertainty: valueText(result.expanded, Math.min(digits, 12)),
    contributions: contributions(result, inputs, digits),
    statement: statement(request, result),
    rounded: reported(request, result),
    coverage: {
      method: coverage.method,
      degreesOfFreedomUsed: coverage.degreesUsed,
      dominant: coverage.dominant,
      ...(coverage.shapeFactor !== null && { factorOfConvolvedShape: floatText(coverage.shapeFactor) }),
    },
    ...(result.calculated !== result.expanded && {
      calculatedExpandedUncertainty: valueText(result.calculated, 12),
    }),
    ...(secondOrder && {
      secondOrder: {
        firstOrderStandardUncertainty: rootText(firstOrder, digits),
        standardUncertainty: rootText(secondOrder, 12),
        used: result.usesSecondOrder,
      },
    }),
    ...simulated(request, result, inputs, correlations),
  };
}

function contributions({ model, firstOrder }: Result, inputs: readonly Input[], digits: number) {
  return inputs.map((input, i) => {
    const sensitivity = model.sensitivities[i] ?? zero;
    const variance = multiply(square(sensitivity), input.variance);
    return {
      name: input.name,
      value: valueText(input.value, digits),
      standardUncertainty: rootText(input.variance, digits),
      distribution: input.distribution,
      type: input.type,
      degreesOfFreedom: input.degrees === null ? 'infinity' : valueText(input.degrees, digits),
      sensitivity: valueText(sensitivity, digits),
      contribution: rootText(variance, digits),
      share: firstOrder.over === 0n ? null : valueText(divide(variance, firstOrder), 6),
    };
  });
}

function correlated(inputs: readonly Input[], correlations: Correlations) {
  if (!isCorrelated(correlations)) return {};
  return {
    correlationMatrix: {
      names: inputs.map(({ name }) => name),
      r: correlations.map((row) => row.map((r) => valueText(r, 15))),
    },
  };
}

function outputCorrelations(
  results: readonly { name: string; result: Result }[],
  inputs: readonly Input[],
  correlations: Correlations,
) {
  const each = results.map(({ result }) => terms(result.model.sensitivities, inputs));
  const deviations = each.map((one) => root(absolute(covariance(one, one, correlations))));
  const coefficient = (i: number, j: number): string => {
    const product = multiply(deviations[i] ?? zero, deviations[j] ?? zero);
    if (i === j) return '1';
    if (product.over === 0n) return '0';
    return valueText(divide(covariance(each[i] ?? [], each[j] ?? [], correlations), product), 15);
  };
  return {
    names: results.map(({ name }) => name),
    r: results.map((_, i) => results.map((__, j) => coefficient(i, j))),
  };
}

function simulated(
  request: BudgetRequest,
  result: Result,
  inputs: readonly Input[],
  correlations: Correlations,
) {
  const asked = request.monteCarlo;
  if (asked === undefined || asked === false) return {};
  const { seed = 1, trials } = asked === true ? {} : asked;
  const { probability = '0.9545', significantDigits: digits = 2 } = request;
  const found = monteCarlo(result.model, inputs, correlations, {
    seed,
    trials: trials ?? null,
    probability: Number(probability),
    digits,
  });
  return { monteCarlo: { seed, generator: 'xoshiro128**', ...simulation(found, result, digits) } };
}

/** JCGM 101, 8.1: both ends of the interval of JCGM 100 lie within the tolerance of those of the trials. */
function simulation(found: MonteCarlo, result: Result, digits: number) {
  const [y, U, u] = [result.model.value, result.calculated, toNumber(result.u)];
  const delta = tolerance(u, digits);
  const text = numbersAt(found.standardUncertainty);
  const low = Math.abs(toNumber(subtract(y, U)) - found.symmetric.low);
  const high = Math.abs(toNumber(add(y, U)) - found.symmetric.high);
  const interval = ({ low: from, high: to }: MonteCarlo['symmetric']) => ({
    lower: text(from),
    upper: text(to),
  });
  return {
    trials: found.trials,
    stable: found.stable,
    mean: text(found.mean),
    standardUncertainty: text(found.standardUncertainty),
    interval: interval(found.symmetric),
    shortestInterval: interval(found.shortest),
    drawnAsNormal: found.drawnAsNormal,
    validation: {
      tolerance: floatText(delta, 2),
      lowerDifference: floatText(low, 4),
      upperDifference: floatText(high, 4),
      agrees: low <= delta && high <= delta,
    },
  };
}

/** Trials are good for a few digits of the uncertainty; all figures end at the place of its sixth. */
function numbersAt(u: number): (value: number) => string {
  const places = u > 0 ? significantPlaces(fromDecimal(String(u)), 6) : 6;
  return (value) => dropZeros(toPlaces(fromDecimal(String(value)), places));
}
