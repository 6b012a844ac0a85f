import type { z } from 'zod';
import { checkRequest } from '../request.ts';

/** A parameter that was fitted: decimal text. Null where nothing is left to judge it by. */
export interface Coefficient {
  name: string;
  value: string;
  standardUncertainty: string | null;
}

/** The answer to a fit request, as `plumb fit --json` prints it. A model adds members of its own. */
export interface FitAnswer extends Readonly<Record<string, unknown>> {
  /** The model's name in the table. */
  model: string;
  /** Empty for models that are evaluated only. */
  coefficients: readonly Coefficient[];
  covariance: readonly (readonly string[])[] | null;
  residualStandardDeviation: string | null;
  /** Null for readings that do not vary. */
  rSquared: string | null;
  degreesOfFreedom: number;
  /** Reading - model, in the order of the readings. */
  residuals: readonly string[];
}

/** One model that a request can name: one object in a table. */
export interface RequestModel {
  /** What `model` says. */
  name: string;
  /** One line, its equation included. */
  summary: string;
  /** The members it takes besides `model`, one line each, for `--help`. */
  members: readonly string[];
  /** Throws RequestError for a request that cannot be meant, Failure FIT_IMPOSSIBLE where the data do not determine it. */
  answer: (request: unknown) => FitAnswer;
}

/** A model with its own schema (strict: an unknown member is refused); `answer` gets the checked request. */
export const requestModel = <Schema extends z.ZodType>({
  name,
  summary,
  members,
  schema,
  answer,
}: {
  name: string;
  summary: string;
  members: readonly string[];
  schema: Schema;
  answer: (request: z.output<Schema>) => FitAnswer;
}): RequestModel => ({
  name,
  summary,
  members,
  answer: (request) => answer(checkRequest(schema, request)),
});
