import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDecimal, toSignificant } from '../rational.ts';
import { ExpressionError, parseExpression } from './expression.ts';
import { functions } from './functions.ts';

const at = { x: 2, y: 3, δR_1: 0.5 };

describe('the value of a formula', () => {
  it.each<[string, number]>([
    ['1 + 2 * x', 5],
    ['2 - 3 - 4', -5],
    ['16 / x / 4', 2],
    ['-x^2', -4],
    ['2^-1', 0.5],
    ['2^y^2', 512],
    ['2**y', 8],
    ['(-x)^y', -8],
    ['pow(x, y) - pow(y, x)', -1],
    ['.5e1 + 5.', 10],
    ['--x + +y', 5],
    ['x*δR_1', 1],
    ['sqrt(x*8) + abs(-y)', 7],
    ['ln(exp(x)) - log(exp(y))', -1],
    ['log10(1e-3)', -3],
    ['cos(pi)', -1],
  ])('%s is %d', (text, value) => expect(parseExpression(text).value(at)).toBeCloseTo(value, 14));

  it('lists its names once, in order', () =>
    expect(parseExpression('y*x + sin(y) + pi').names).toEqual(['y', 'x']));

  it.each<[string, number]>([
    ['', 0],
    ['1 +', 3],
    ['2x', 1],
    ['x y', 2],
    ['1,5 + x', 1],
    ['sin x', 4],
    ['foo(x)', 0],
    ['pow(x)', 5],
    ['(x', 2],
    ['x)', 1],
    ['1e400', 0],
    ['x; y', 1],
    ['constructor(x)', 0],
    ['"x"', 0],
    ['('.repeat(300), 201],
    ['x+'.repeat(3000), 5000],
  ])('%j is refused at %d', (text, position) => {
    const error = (() => {
      try {
        return parseExpression(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ExpressionError);
    expect(error).toMatchObject({ position });
  });

  it('takes a long sum without exhausting the stack', () => {
    const long = parseExpression(`x${'+x'.repeat(2400)}`);
    expect(long.gradient({ x: 1 })).toEqual({ value: 2401, by: { x: 2401 } });
    expect(long.exact({ x: fromDecimal('0.1') })).toEqual(fromDecimal('240.1'));
  });

  it('does not know a name that it was not given', () => {
    expect(() => parseExpression('z').value(at)).toThrow('"z" has no value');
    expect(() => parseExpression('toString').value(at)).toThrow('"toString" has no value');
  });
});

describe('slopes', () => {
  const formulas = [
    'x*y/(x+y)',
    'x^y',
    'x^3 - y^-2',
    'pow(x, 0.5)*sqrt(y)',
    'sin(x)*cos(y) + tan(x/4)',
    'asin(x/5) + acos(y/7) + atan(x*y)',
    'sinh(x) - cosh(y)*tanh(x)',
    'ln(x) + log10(y) + exp(-x*y)',
    'abs(x - 2*y)',
  ];
  const near = fc.double({ min: 0.3, max: 3, noNaN: true });
  it.each(formulas)('of %s are those of small steps', (text) => {
    const formula = parseExpression(text);
    fc.assert(
      fc.property(near, near, (x, y) => {
        const { value, by } = formula.gradient({ x, y });
        expect(value).toBeCloseTo(formula.value({ x, y }), 12);
        const h = 1e-5;
        const byX = (formula.value({ x: x + h, y }) - formula.value({ x: x - h, y })) / (2 * h);
        const byY = (formula.value({ x, y: y + h }) - formula.value({ x, y: y - h })) / (2 * h);
        fc.pre(Math.abs(x - 2 * y) > 2 * h);
        const allowed = 1e-5 * (1 + Math.abs(byX) + Math.abs(byY) + Math.abs(value));
        expect(Math.abs((by.x ?? Number.NaN) - byX)).toBeLessThan(allowed);
        expect(Math.abs((by.y ?? Number.NaN) - byY)).toBeLessThan(allowed);
      }),
    );
  });

  it.each(Object.keys(functions) as (keyof typeof functions)[])('of %s of higher order too', (name) => {
    const h = 1e-4;
    for (const x of [0.2, 0.35, 0.8]) {
      const [, first, second, third] = functions[name](x);
      const [, before, secondBefore] = functions[name](x - h);
      const [, after, secondAfter] = functions[name](x + h);
      expect((after - before) / (4 * h)).toBeCloseTo(second, 4);
      expect((secondAfter - secondBefore) / (6 * h)).toBeCloseTo(third, 3);
      expect((functions[name](x + h)[0] - functions[name](x - h)[0]) / (2 * h)).toBeCloseTo(first, 5);
    }
  });

  it('of whole powers exist at zero, and of a corner none', () => {
    expect(parseExpression('x^2 + 0*y').gradient({ x: 0, y: 0 })).toEqual({ value: 0, by: { x: 0, y: 0 } });
    expect(parseExpression('abs(x)').gradient({ x: 0 }).by.x).toBeNaN();
    expect(parseExpression('ln(x)').gradient({ x: -1 }).by.x).toBeNaN();
  });
});

describe('exact fractions', () => {
  const exactly = { x: fromDecimal('0.1'), y: fromDecimal('3') };
  it('keep every digit', () => {
    expect(parseExpression('(x + 0.2)/y - x').exact(exactly)).toEqual(fromDecimal('0'));
    expect(toSignificant(parseExpression('x^-3/y').exact(exactly) ?? fromDecimal('0'), 30)).toBe(
      `333.${'3'.repeat(27)}`,
    );
    expect(parseExpression('x^2/y').exactGradient(exactly)?.by).toEqual({
      x: { over: 1n, under: 15n },
      y: { over: -1n, under: 900n },
    });
  });
  it.each(['sin(x)', 'x^0.5', 'pi*x', 'x^65', '(((x^64)^64)^64)^64'])('%s has none', (text) => {
    expect(parseExpression(text).exact(exactly)).toBeNull();
    expect(parseExpression(text).exactGradient(exactly)).toBeNull();
  });
  it('x^y has a value and no exact slope', () => {
    expect(parseExpression('x^y').exact(exactly)).toEqual(fromDecimal('0.001'));
    expect(parseExpression('x^y').exactGradient(exactly)).toBeNull();
  });
  it('a corner has a value and no slope', () => {
    const corner = parseExpression('abs(x - 0.1)');
    expect(corner.exact(exactly)).toEqual(fromDecimal('0'));
    expect(corner.exactGradient(exactly)).toBeNull();
  });
  it('a division by zero is no number', () =>
    expect(() => parseExpression('1/(x - 0.1)').exact(exactly)).toThrow('division by zero'));
});
