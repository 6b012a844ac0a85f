import { divideRounded, powerOfTen, type Rounding } from './rounding.ts';

/** An exact decimal number: `digits` x 10^-`places`. `places` is what the text showed, so 1.50 stays 1.50. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** Text or a count that is not the number that was asked for. Callers at an edge turn it into their own failure. */
export class NumberError extends RangeError {
  override readonly name = 'NumberError';
}

// An instrument may send anything: a long text or exponent must not become gigabytes of zeros.
const longestText = 400;
const largestExponent = 400;
const grammar = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * The exact value of decimal text. Accepts what instruments and published tables send as well: a leading plus, a
 * bare point (`760.`, `.5`) and an exponent (`2.501340E+01`). Throws NumberError for anything else.
 */
export function parseDecimal(text: string): Decimal {
  const match = text.length <= longestText ? grammar.exec(text) : null;
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  const exponent = Number(match?.[4] ?? 0);
  if (match === null || whole + fraction === '' || Math.abs(exponent) > largestExponent) {
    throw new NumberError(`"${text.slice(0, 60)}" is not a decimal number`);
  }
  const magnitude = BigInt(whole + fraction);
  const digits = match[1] === '-' ? -magnitude : magnitude;
  const places = fraction.length - exponent;
  return places >= 0 ? { digits, places } : { digits: digits * powerOfTen(-places), places: 0 };
}

/** Plain decimal text with exactly the number's own places: no exponent, no plus, no minus before a zero. */
export function formatDecimal({ digits, places }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const point = text.length - places;
  const sign = digits < 0n ? '-' : '';
  return places === 0 ? sign + text : `${sign}${text.slice(0, point)}.${text.slice(point)}`;
}

/** Any accepted number text as contract `DecimalText`, every digit kept: `+2.501340E+01` becomes `25.01340`. */
export const normaliseDecimal = (text: string): string => formatDecimal(parseDecimal(text));

/** Digits of both numbers over the finer of the two steps. */
function align(a: string, b: string): { left: bigint; right: bigint; places: number } {
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  const places = Math.max(x.places, y.places);
  const scaled = (d: Decimal): bigint => d.digits * powerOfTen(places - d.places);
  return { left: scaled(x), right: scaled(y), places };
}

/** Negative, zero or positive as a is less than, equal to or greater than b; `1.5` equals `1.50`. */
export function compareDecimal(a: string, b: string): -1 | 0 | 1 {
  const { left, right } = align(a, b);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** a + b, exact, with the places of the finer operand. */
export function addDecimal(a: string, b: string): string {
  const { left, right, places } = align(a, b);
  return formatDecimal({ digits: left + right, places });
}

/** a - b, exact, with the places of the finer operand. */
export function subtractDecimal(a: string, b: string): string {
  const { left, right, places } = align(a, b);
  return formatDecimal({ digits: left - right, places });
}

/** a x b, exact, with the places of both together. */
export function multiplyDecimal(a: string, b: string): string {
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  return formatDecimal({ digits: x.digits * y.digits, places: x.places + y.places });
}

export function absoluteDecimal(a: string): string {
  const { digits, places } = parseDecimal(a);
  return formatDecimal({ digits: digits < 0n ? -digits : digits, places });
}

/** The number with exactly `places` (>= 0) decimal places: rounded by `mode`, or filled with zeros. */
export function roundDecimal(a: string, places: number, mode: Rounding = 'half-even'): string {
  const value = parseDecimal(a);
  const digits =
    places >= value.places
      ? value.digits * powerOfTen(places - value.places)
      : divideRounded(value.digits, powerOfTen(value.places - places), mode);
  return formatDecimal({ digits, places });
}
