import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Texts that are near something that is meant: decimals, days, numbers of things, names of files. */
const oddTexts = [
  '',
  ' ',
  '0',
  '-0',
  '0.0',
  '-1',
  '1e400',
  'NaN',
  'Infinity',
  '007',
  '+1',
  '1,5',
  '0.1',
  '0.9',
  '0.9999',
  '1',
  '2',
  '20',
  '40',
  '100',
  `0.${'0'.repeat(56)}1`,
  '9'.repeat(60),
  `-${'9'.repeat(59)}`,
  '2026-02-30',
  '0001-01-01',
  '1999-12-31',
  '9999-12-31',
  '2026-11-22',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'w1',
  'w2',
  'w3',
  'w999999999',
  's0',
  's1',
  's999999',
  't1',
  't2',
  'degC',
  'K',
  'DE',
  'ZZ',
  'bench:1',
  'bench:reference',
  'tcp:127.0.0.1:1',
  'tcp:',
  '\u202Eabc',
  '\uD800',
  '\u0000',
  '\u{1F600}'.repeat(30),
  'a'.repeat(60),
  'x'.repeat(1000),
  'line\nline',
  '漢'.repeat(60),
  '[]',
  '[{}]',
  'null',
  '{"maker":1}',
  'iVBORw0KGgo=',
];
const oddNumbers = [
  0,
  1,
  -1,
  5,
  40,
  255,
  256,
  365,
  65_535,
  36_500,
  0.5,
  1e308,
  -1e308,
  2 ** 53 - 1,
  -(2 ** 53),
];
const oddValues: Json[] = [null, true, false, [], {}, [[]], 0, ''];

const isPlain = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every place in it, the whole included. */
function places(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return [path, ...value.flatMap((each, index) => places(each, [...path, index]))];
  if (!isPlain(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]))];
}

const at = (value: Json, path: readonly (string | number)[]): Json =>
  path.reduce<Json>((here, key) => Reflect.get(here as object, key) as Json, value);

function withAt(value: Json, [key, ...rest]: readonly (string | number)[], to: Json | undefined): Json {
  if (key === undefined) return to ?? null;
  const copy = structuredClone(value) as object;
  const inside = rest.length > 0 ? withAt(Reflect.get(copy, key) as Json, rest, to) : to;
  if (inside !== undefined) Reflect.set(copy, key, inside);
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else Reflect.deleteProperty(copy, key);
  return copy as Json;
}

/** Mostly of the kind that stood there: it gets past the form, to where it is worked with. */
function odd(value: Json): fc.Arbitrary<Json | undefined> {
  const same: fc.Arbitrary<Json> =
    typeof value === 'string'
      ? fc.constantFrom(...oddTexts)
      : typeof value === 'number'
        ? fc.constantFrom(...oddNumbers)
        : Array.isArray(value)
          ? fc.constantFrom<Json>([], [...value, ...value], value.toReversed(), value.slice(0, 1))
          : fc.constantFrom(...oddValues);
  return fc.oneof(
    { weight: 12, arbitrary: same },
    { weight: 1, arbitrary: fc.constantFrom(...oddValues) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** Sound parameters in which up to three places are something else. */
export function oddOnes(sound: Json): fc.Arbitrary<Json> {
  const once = (value: Json): fc.Arbitrary<Json> =>
    fc
      .constantFrom(...places(value))
      .chain((path) => odd(at(value, path)).map((to) => withAt(value, path, to)));
  return fc
    .integer({ min: 0, max: 3 })
    .chain((times) =>
      Array.from({ length: times }).reduce<fc.Arbitrary<Json>>(
        (made) => made.chain(once),
        fc.constant(sound),
      ),
    );
}
