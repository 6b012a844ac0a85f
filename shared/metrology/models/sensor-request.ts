import { z } from 'zod';
import type { FitAnswer, RequestModel } from '../fit/registry.ts';
import { requestModel } from '../fit/registry.ts';
import { decimal, RequestError } from '../request.ts';
import { fitAnswer, inRange } from './answer.ts';
import { extrapolations } from './extrapolation.ts';
import type { NonlinearFit } from './nonlinear/nonlinear.ts';
import { fromText, type Real, realText, unit } from './real/real.ts';
import {
  commonMembers,
  evaluations,
  inverseUncertainties,
  type Readings,
  readingMembers,
  readingsOf,
  type SensorModel,
  usualDigits,
} from './sensor.ts';

/** A sensor's model that can be fitted. */
export interface FittedSensor extends SensorModel {
  /** A line of help on what its fit minimises. */
  fitting: string;
  /** Where a coefficient is not given: its value by the standard; null where there is none. */
  usual: readonly (string | null)[];
  fit(readings: Readings): SensorFit;
}

export interface SensorFit extends NonlinearFit {
  /** Reading - model in the unit of y; those of the fit itself where left out. */
  differences?: Real[];
  /** What was fitted where it is not y itself, with 1 / its uncertainty. */
  explained?: { readings: Real[]; inverseUncertainties: Real[] | undefined };
}

/** The request of a sensor: fitted from readings, or evaluated with coefficients that are known. */
export function sensorRequest(sensor: FittedSensor): RequestModel {
  const names = sensor.parameters.map(({ name }) => name);
  const schema = z.strictObject({
    model: z.string(),
    ...readingMembers,
    coefficients: z
      .strictObject(Object.fromEntries(names.map((name) => [name, decimal.optional()])))
      .optional(),
    ...commonMembers,
  });
  return requestModel({
    name: sensor.name,
    summary: `${sensor.equation} (${sensor.source})`,
    members: [
      `x: ${sensor.x}; y: ${sensor.y}; ${sensor.fitting}`,
      'uy: standard uncertainties of y; weights: "absolute" (default with uy) or "relative"',
      `coefficients: instead of x and y, known ones: ${sensor.parameters.map(({ name, unit: of }) => `${name} (${of})`).join(', ')}`,
      'evaluate: values of x; invert: values of y; digits: 1 to 40 (15)',
    ],
    schema,
    answer: (request) => answer(sensor, request),
  });
}

interface Asked {
  x?: string[] | undefined;
  y?: string[] | undefined;
  uy?: string[] | undefined;
  weights?: 'absolute' | 'relative' | undefined;
  coefficients?: Readonly<Record<string, string | undefined>> | undefined;
  evaluate?: string[] | undefined;
  invert?: string[] | undefined;
  digits?: number | undefined;
}

function answer(sensor: FittedSensor, request: Asked): FitAnswer {
  const digits = request.digits ?? usualDigits;
  const readings = readingsOf(request);
  const names = sensor.parameters.map(({ name }) => name);
  if (readings === null) return evaluated(sensor, request, digits);
  if (request.coefficients !== undefined)
    throw new RequestError('coefficients', 'either readings are fitted, or coefficients are given');
  const fit = inRange(() => sensor.fit(readings));
  const warnings = [
    ...fit.warnings,
    ...extrapolations('evaluate', request.evaluate, readings.x),
    ...extrapolations('invert', request.invert, readings.y),
  ];
  const told = fitAnswer({
    model: sensor.name,
    names: names.slice(0, fit.parameters.length),
    fit,
    ...(fit.explained ?? {
      readings: readings.y.map(fromText),
      inverseUncertainties: inverseUncertainties(readings.uy),
    }),
    digits,
  });
  return {
    ...told,
    ...(fit.differences && {
      residuals: inRange(() => fit.differences?.map((value) => realText(value, digits)) ?? []),
    }),
    ...evaluations(sensor, request, fit.parameters, fit.covariance, digits),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** Nothing is fitted: the coefficients are given, or those of the standard. */
function evaluated(sensor: FittedSensor, request: Asked, digits: number): FitAnswer {
  if (request.evaluate === undefined && request.invert === undefined)
    throw new RequestError(
      'x',
      'is missing: readings x and y are fitted, or "evaluate" or "invert" with coefficients',
    );
  const texts = sensor.parameters.map(({ name }, k) => {
    const text = request.coefficients?.[name] ?? sensor.usual[k];
    if (text === undefined || text === null) throw new RequestError(`coefficients.${name}`, 'is missing');
    return text;
  });
  const parameters = texts.map(fromText);
  return {
    model: sensor.name,
    coefficients: sensor.parameters.map(({ name }, k) => ({
      name,
      value: realText(parameters[k] ?? unit, digits),
      standardUncertainty: null,
    })),
    covariance: null,
    residualStandardDeviation: null,
    rSquared: null,
    degreesOfFreedom: 0,
    residuals: [],
    ...evaluations(sensor, request, parameters, null, digits),
  };
}
