import { z } from 'zod';
import { expressionModel, polynomialOfBoth, sensorModels } from '../models/models.ts';
import { checkRequest, RequestError, withoutNulls } from '../request.ts';
import { line, twoPoint } from './line-requests.ts';
import { linearModels } from './linear-requests.ts';
import { meant } from './model-names.ts';
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

const named = z.looseObject({ model: z.string().max(2000) });

/**
 * Answers a fit request (`plumb fit`): the model that it names fits it. RequestError names the member that is wrong;
 * Failure FIT_IMPOSSIBLE where the readings do not determine the model.
 */
export function fitRequest(asked: unknown): FitAnswer {
  const { model, ...members } = checkRequest(named, withoutNulls(asked));
  const { name, request } = meant(model, members);
  if (name === 'polynomial' && request.ux !== undefined) return polynomialOfBoth({ model, ...request });
  const found = requestModels.find((each) => each.name === name);
  if (found) return found.answer({ model, ...request });
  if (isFormula(model)) return expressionModel.answer({ model, ...members });
  throw new RequestError('model', `is none of ${requestModels.map((each) => each.name).join(', ')}`);
}

/** A misspelt name must not be answered as a formula that lacks its parameters. */
const isFormula = (model: string): boolean => /[-+*/^()=]/.test(model) && !/^[a-z]+(-[a-z]+)*$/i.test(model);
