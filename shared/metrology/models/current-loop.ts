import { z } from 'zod';
import { type RequestModel, requestModel } from '../fit/registry.ts';
import { valueText } from '../fit/text.ts';
import { add, compare, divide, fromDecimal, multiply, type Rational, subtract } from '../rational.ts';
import { decimal, RequestError } from '../request.ts';
import { evaluatedAnswer } from './evaluated.ts';
import { commonMembers, usualDigits } from './sensor.ts';

const [low, high] = [fromDecimal('4'), fromDecimal('20')];
const span = subtract(high, low);

/**
 * What a current says by NAMUR NE 43, from the lowest up: it is the first whose `reaches` it lies within. Between the
 * limits of failure and those of saturation the recommendation leaves the current undefined: no value there.
 */
const verdicts = [
  { verdict: 'failure-low', upTo: '3.6', inclusive: true, measures: false },
  { verdict: 'undefined-low', upTo: '3.8', inclusive: false, measures: false },
  { verdict: 'underrange', upTo: '4', inclusive: false, measures: true },
  { verdict: 'ok', upTo: '20', inclusive: true, measures: true },
  { verdict: 'overrange', upTo: '20.5', inclusive: true, measures: true },
  { verdict: 'undefined-high', upTo: '21', inclusive: false, measures: false },
] as const;
const aboveAll = { verdict: 'failure-high', measures: false } as const;

/** Verdict on a current in mA. */
function namurVerdict(milliamperes: Rational): { verdict: string; measures: boolean } {
  const found = verdicts.find(({ upTo, inclusive }) => {
    const side = compare(milliamperes, fromDecimal(upTo));
    return side < 0 || (side === 0 && inclusive);
  });
  return found ?? aboveAll;
}

/** lo + (I - 4 mA) / 16 mA x (hi - lo), exact. */
const currentToValue = (milliamperes: Rational, [lo, hi]: readonly [Rational, Rational]): Rational =>
  add(lo, divide(multiply(subtract(milliamperes, low), subtract(hi, lo)), span));

const valueToCurrent = (value: Rational, [lo, hi]: readonly [Rational, Rational]): Rational =>
  add(low, divide(multiply(subtract(value, lo), span), subtract(hi, lo)));

const schema = z.strictObject({
  model: z.string(),
  range: z.tuple([decimal, decimal], 'must be the values at 4 and at 20 mA: ["-50","150"]'),
  ...commonMembers,
});

export const currentLoopModel: RequestModel = requestModel({
  name: '4-20ma',
  summary: 'value = lo + (I - 4 mA)/16 mA (hi - lo), with the limits of NAMUR NE 43 (3.6, 3.8, 20.5, 21 mA)',
  members: [
    'range: values at 4 and 20 mA, ["-50","150"]',
    'evaluate: currents in mA -> value and verdict (failure-low, undefined-low, underrange, ok, overrange, undefined-high, failure-high); a failure has no value',
    'invert: values -> current in mA with its verdict; digits: 1 to 40 (15)',
  ],
  schema,
  answer: ({ range, evaluate, invert, digits = usualDigits }) => {
    if (evaluate === undefined && invert === undefined)
      throw new RequestError('evaluate', 'is missing: currents to evaluate, or values to "invert"');
    const ends = [fromDecimal(range[0]), fromDecimal(range[1])] as const;
    if (compare(ends[0], ends[1]) === 0) throw new RequestError('range', 'has the same value at both ends');
    return evaluatedAnswer('4-20ma', {
      ...(evaluate && {
        evaluations: evaluate.map((x) => {
          const { verdict, measures } = namurVerdict(fromDecimal(x));
          return {
            x,
            value: measures ? valueText(currentToValue(fromDecimal(x), ends), digits) : null,
            verdict,
          };
        }),
      }),
      ...(invert && {
        inverse: invert.map((y) => {
          const current = valueToCurrent(fromDecimal(y), ends);
          return { y, value: valueText(current, digits), verdict: namurVerdict(current).verdict };
        }),
      }),
    });
  },
});
