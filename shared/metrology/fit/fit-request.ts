import { z } from 'zod';
import { expressionModel, sensorModels } from '../models/models.ts';
import { checkRequest, RequestError, withoutNulls } from '../request.ts';
import { line, twoPoint } from './line-requests.ts';
import { linearModels } from './linear-requests.ts';
import { piecewise } from './piecewise.ts';
import type { FitAnswer, RequestModel } from './registry.ts';

/** Every model that a request can name. To add one: one object in its list. */
export const requestModels: readonly RequestModel[] = [
  twoPoint,
  line,
  ...linearModels,
  piecewise,
  ...sensorModels,
];

/** Other words for the same model. */
const otherNames: Readonly<Record<string, string>> = {
  'one-point': 'offset',
  'through-zero': 'proportional',
  'gain-offset': 'line',
  piecewise: 'piecewise-linear',
  nonlinear: 'expression',
  'non-linear': 'expression',
  ntc: 'ntc-meyer',
  meyer: 'ntc-meyer',
  pt100: 'callendar-van-dusen',
  cvd: 'callendar-van-dusen',
  '4-20-ma': '4-20ma',
  bridge: 'load-cell',
  'load-cell-bridge': 'load-cell',
  accelerometer: 'accelerometer-six-position',
  magnetometer: 'magnetometer-ellipsoid',
  'b-least': 'iso6143',
  'iso-6143': 'iso6143',
};

const named = z.looseObject({ model: z.string().max(2000) });

/**
 * Answers a fit request (`plumb fit`): the model that it names fits it. RequestError names the member that is wrong;
 * Failure FIT_IMPOSSIBLE where the readings do not determine the model.
 */
export function fitRequest(asked: unknown): FitAnswer {
  const request = withoutNulls(asked);
  const { model } = checkRequest(named, request);
  const name = model
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  const found = requestModels.find((each) => each.name === (otherNames[name] ?? name));
  if (found) return found.answer(request);
  if (isFormula(model)) return expressionModel.answer(request);
  throw new RequestError('model', `is none of ${requestModels.map((each) => each.name).join(', ')}`);
}

/** A misspelt name must not be answered as a formula that lacks its parameters. */
const isFormula = (model: string): boolean => /[-+*/^()=]/.test(model) && !/^[a-z]+(-[a-z]+)*$/i.test(model);
