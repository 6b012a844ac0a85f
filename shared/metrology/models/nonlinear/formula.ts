import { type Expression, ExpressionError, parseExpression } from '../../expression/expression.ts';
import { RequestError } from '../../request.ts';

/** A formula that was asked for: reading = model, over independents and parameters. */
export interface Formula {
  model: Expression;
  /** What is fitted, over `y`; the reading itself where null: `log(y)`. */
  response: Expression | null;
  variables: readonly string[];
  parameters: readonly string[];
}

interface Asked {
  text: string;
  /** Which member of the request the formula stands in. */
  path: string;
  response: string | undefined;
  variables: readonly string[];
  start: readonly string[];
}

const mostParameters = 50;

/** Reads `y = formula` or the formula alone; whatever is no independent needs a start. Throws RequestError. */
export function readFormula({ text, path, response, variables, start }: Asked): Formula {
  const sides = text.split('=');
  if (sides.length > 2) throw new RequestError(path, 'has more than one "="');
  const left = sides.length === 2 ? (sides[0] ?? '').trim() : undefined;
  if (left !== undefined && response !== undefined)
    throw new RequestError('response', 'stands in the formula already, before its "="');
  const model = parsed(sides.at(-1) ?? '', path);
  const twice = variables.find((name, at) => name === 'y' || variables.indexOf(name) !== at);
  if (twice !== undefined)
    throw new RequestError('variables', `"${twice}" cannot be an independent, or is named twice`);
  const parameters = model.names.filter((name) => !variables.includes(name));
  if (parameters.includes('y')) throw new RequestError(path, 'has the reading y on its right side');
  const missing = parameters.find((name) => !start.includes(name));
  if (missing !== undefined)
    throw new RequestError(`start.${missing}`, 'is missing: every parameter needs a start');
  const unknown = start.find((name) => !parameters.includes(name));
  if (unknown !== undefined) throw new RequestError(`start.${unknown}`, 'is no parameter of the formula');
  if (parameters.length > mostParameters)
    throw new RequestError(path, `has more than ${mostParameters} parameters`);
  if (parameters.length === 0) throw new RequestError(path, 'has no parameter that could be fitted');
  return {
    model,
    response: readResponse(left ?? response, left === undefined ? 'response' : path),
    variables,
    parameters: start.filter((name) => parameters.includes(name)),
  };
}

function readResponse(text: string | undefined, path: string): Expression | null {
  if (text === undefined || text === 'y') return null;
  const response = parsed(text, path);
  if (response.names.length !== 1 || response.names[0] !== 'y')
    throw new RequestError(path, 'the response is a formula over y alone, such as log(y)');
  return response;
}

function parsed(text: string, path: string): Expression {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) throw new RequestError(path, error.message);
    throw error;
  }
}
