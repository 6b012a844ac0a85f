import { decimalPlaces, normaliseDecimal } from '../../units/units.ts';
import { type Expression, ExpressionError, parseExpression } from '../expression/expression.ts';
import { fromNumber, toNumber } from '../fit/text.ts';
import { add, fromDecimal, multiply, one, type Rational, zero } from '../rational.ts';
import { RequestError } from '../request.ts';
import type { Input } from './source.ts';

/** What is measured, as a function of the inputs. */
export interface Model {
  /** Null for the sum of sensitivity x value. */
  readonly formula: Expression | null;
  readonly value: Rational;
  /** By the places of the inputs. */
  readonly sensitivities: readonly Rational[];
  /** The value is a fraction that was never rounded. */
  readonly exact: boolean;
}

type Given = readonly (string | undefined)[];

/** Without a formula: the sum of sensitivity x value, sensitivity 1 where none is given. */
export function sumModel(inputs: readonly Input[], given: Given): Model {
  const sensitivities = inputs.map((_, i) => (given[i] === undefined ? one : fromDecimal(given[i])));
  const value = inputs.map((input, i) => multiply(input.value, sensitivities[i] ?? one)).reduce(add, zero);
  return { formula: null, value, sensitivities, exact: true };
}

/** By a formula over the names, exact where that is possible. Throws RequestError, naming `path`. */
export function formulaModel(text: string, inputs: readonly Input[], given: Given, path: string): Model {
  const formula = read(text, path);
  const known = new Set(inputs.map(({ name }) => name));
  const unknown = formula.names.find((name) => !known.has(name));
  if (unknown !== undefined) throw new RequestError(path, `there is no source ${JSON.stringify(unknown)}`);
  const { value, by, exact } = evaluated(formula, inputs, path);
  const sensitivities = inputs.map(({ name }) => (Object.hasOwn(by, name) ? (by[name] ?? zero) : zero));
  inputs.forEach(({ name }, i) => {
    const asked = given[i];
    if (asked !== undefined) checkAgreement(asked, sensitivities[i] ?? zero, name, i);
  });
  return { formula, value, sensitivities, exact };
}

/** What stands before an equals sign names the result: `R = V/I`. */
const result = /^\s*[\p{L}_][\p{L}\p{M}\p{N}_]*\s*=/u;

function read(text: string, path: string): Expression {
  const left = result.exec(text)?.[0].length ?? 0;
  try {
    return parseExpression(text.slice(left));
  } catch (error) {
    if (error instanceof ExpressionError) {
      throw new RequestError(path, `${error.message} (at character ${left + error.position + 1})`);
    }
    throw error;
  }
}

interface Evaluated {
  value: Rational;
  by: Readonly<Record<string, Rational>>;
  exact: boolean;
}

function evaluated(formula: Expression, inputs: readonly Input[], path: string): Evaluated {
  const exact = exactly(formula, inputs, path);
  if (exact !== null) return { ...exact, exact: true };
  const { value, by } = formula.gradient(record(inputs, ({ value: at }) => toNumber(at)));
  if (!Number.isFinite(value)) throw new RequestError(path, 'has no finite value at these values');
  const slopes = Object.entries(by).map(([name, slope]): [string, Rational] => {
    if (Number.isFinite(slope)) return [name, fromNumber(slope)];
    throw new RequestError(path, `has no finite slope by ${name} at these values`);
  });
  return { value: fromNumber(value), by: Object.fromEntries(slopes), exact: false };
}

function exactly(formula: Expression, inputs: readonly Input[], path: string) {
  try {
    return formula.exactGradient(record(inputs, ({ value }) => value));
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(path, 'divides by zero at these values');
    throw error;
  }
}

export const record = <T>(inputs: readonly Input[], of: (input: Input) => T): Record<string, T> =>
  Object.fromEntries(inputs.map((input) => [input.name, of(input)]));

/**
 * A sensitivity beside a formula must say the same, to a thousandth or as its last digit is rounded: which of the two was meant
 * cannot be known.
 */
function checkAgreement(asked: string, found: Rational, name: string, i: number): void {
  const [a, b] = [Number(asked), toNumber(found)];
  const rounding = 0.5 * 10 ** -decimalPlaces(normaliseDecimal(asked));
  if (Math.abs(a - b) <= Math.abs(b) * 1e-3 || Math.abs(a - b) <= Math.min(rounding, Math.abs(b) / 20))
    return;
  throw new RequestError(
    `sources.${i}.sensitivity`,
    `of ${name} is ${b.toPrecision(6)} by the model; leave it out, or the model`,
  );
}
