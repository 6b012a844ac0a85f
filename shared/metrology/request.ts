import { z } from 'zod';
import { NumberError, parseDecimal } from '../units/units.ts';

/** What was asked cannot be meant: names the member of the request, such as `x.3`. The terminal ends with 2. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** What was computed in doubles, or RequestError where the numbers that were asked lead out of their range. */
export function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new RequestError('request', 'has numbers too far apart, too large or too small to be computed with');
}

const shown = (value: string): string => JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);

function mistakeIn(text: string): string | null {
  try {
    parseDecimal(text);
    return null;
  } catch (error) {
    if (!(error instanceof NumberError)) throw error;
    if (text.trim() === '') return 'is empty; a decimal number is needed';
    if (/^[+-]?\d+,\d+$/.test(text)) return `${shown(text)} has a comma; decimals are written with a point`;
    if (/^[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d+$/.test(text))
      return `${shown(text)} has an exponent beyond 400 or too many digits`;
    return `${shown(text)} is not a decimal number`;
  }
}

/**
 * A number as exact text: `"25.0"`, `"1.234E-5"`. The terminal hands over JSON numbers as their source text, so that
 * no digit is lost; a number of the language is taken only where it is whole and exact.
 */
export const decimal = z
  .union([z.string(), z.int().transform(String)], 'must be a decimal number as text, such as "25.0"')
  .superRefine((text, context) => {
    const message = mistakeIn(text);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

/** Decimal text above zero. */
export const positive = decimal.refine((text) => hasSign(text, (sign) => sign > 0n), 'must be above zero');
/** Decimal text of zero or above. */
export const notNegative = decimal.refine(
  (text) => hasSign(text, (sign) => sign >= 0n),
  'must not be below zero',
);

/** What is no number has had its own words already. */
const hasSign = (text: string, holds: (sign: bigint) => boolean): boolean =>
  mistakeIn(text) !== null || holds(parseDecimal(text).digits);

/** A member that is null is one that is not there. */
export const withoutNulls = (request: unknown): unknown =>
  typeof request === 'object' && request !== null && !Array.isArray(request)
    ? Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null))
    : request;

/** A count within limits: 15, or "15" as the terminal hands it over. */
export const whole = (least: number, most: number) =>
  z
    .union([z.string().regex(/^-?\d{1,9}$/, 'must be a whole number'), z.int()], 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

/** More values than this are not read; 10,000 points and as many of everything else fit well. */
const longestList = 200_000;
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(longestList);

/** The request as its schema has it, or RequestError for the first member that is wrong. */
export function checkRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (issue === undefined) throw new RequestError('request', 'cannot be read');
  const { path, message } = deepest(issue);
  const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  if (unknown !== undefined) {
    throw new RequestError(pathText([...issue.path, unknown]), 'is no member of this request');
  }
  const absent = issue.code === 'invalid_type' || issue.code === 'invalid_union';
  const missing = absent && valueAt(value, issue.path) == null;
  throw new RequestError(pathText(path), missing ? 'is missing' : plainWords(message));
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  tuple: 'a list',
  string: 'text',
  boolean: 'true or false',
};

/** The schema's own words name types of the language; numbers come as text, so that what was received says nothing. */
function plainWords(message: string): string {
  const [, expected] = /^Invalid input: expected (\w+)/.exec(message) ?? [];
  const kind = expected === undefined ? undefined : kinds[expected];
  if (kind !== undefined) return `must be ${kind}`;
  if (message.startsWith('Too small: expected array')) return 'is empty; at least one value is needed';
  return message === 'Invalid input' ? 'has none of the forms that can be read' : message;
}

/** Of a choice between forms, the form that was meant is the one whose mistake lies deepest. */
function deepest(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string } {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flatMap((each) => each.slice(0, 1).map(deepest))
    .reduce((best, each) => (each.path.length > best.path.length ? each : best), { path: [], message: '' });
  if (inner.path.length === 0) return { path: issue.path, message: issue.message };
  return { path: [...issue.path, ...inner.path], message: inner.message };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (holder, key) => (typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined),
    value,
  );
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key) => String(key).replace(/\p{C}/gu, ' ').slice(0, 60)).join('.') || 'request';
