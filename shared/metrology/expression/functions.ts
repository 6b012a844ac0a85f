/** f(x), f'(x), f''(x)/2, f'''(x)/6: enough for GUM's second-order term (JCGM 100, 5.1.2 note). */
export type Taylor = readonly [number, number, number, number];

/** Every function a formula may use, with its derivatives. Outside its domain a function is NaN. */
export const functions = {
  sqrt: (x) => {
    const root = Math.sqrt(x);
    return [root, 1 / (2 * root), -1 / (8 * root * x), 1 / (16 * root * x * x)];
  },
  exp: (x) => {
    const e = Math.exp(x);
    return [e, e, e / 2, e / 6];
  },
  ln: (x) => logarithm(Math.log(x), x, 1),
  log: (x) => logarithm(Math.log(x), x, 1),
  log10: (x) => logarithm(Math.log10(x), x, Math.LN10),
  sin: (x) => [Math.sin(x), Math.cos(x), -Math.sin(x) / 2, -Math.cos(x) / 6],
  cos: (x) => [Math.cos(x), -Math.sin(x), -Math.cos(x) / 2, Math.sin(x) / 6],
  tan: (x) => {
    const t = Math.tan(x);
    const slope = 1 + t * t;
    return [t, slope, t * slope, (slope * (1 + 3 * t * t)) / 3];
  },
  asin: (x) => [Math.asin(x), ...arcSineSlopes(x)],
  acos: (x) => {
    const [first, second, third] = arcSineSlopes(x);
    return [Math.acos(x), -first, -second, -third];
  },
  atan: (x) => {
    const slope = 1 / (1 + x * x);
    return [Math.atan(x), slope, -x * slope * slope, ((3 * x * x - 1) * slope ** 3) / 3];
  },
  sinh: (x) => [Math.sinh(x), Math.cosh(x), Math.sinh(x) / 2, Math.cosh(x) / 6],
  cosh: (x) => [Math.cosh(x), Math.sinh(x), Math.cosh(x) / 2, Math.sinh(x) / 6],
  tanh: (x) => {
    const t = Math.tanh(x);
    const slope = 1 - t * t;
    return [t, slope, -t * slope, (slope * (3 * t * t - 1)) / 3];
  },
  // Where it has its corner a slope would be a guess.
  abs: (x) => (x === 0 ? [0, Number.NaN, Number.NaN, Number.NaN] : [Math.abs(x), Math.sign(x), 0, 0]),
} as const satisfies Record<string, (x: number) => Taylor>;

export type FunctionName = keyof typeof functions;
export const isFunction = (name: string): name is FunctionName => Object.hasOwn(functions, name);

function logarithm(value: number, x: number, base: number): Taylor {
  // 1/x alone would give a logarithm of a negative number a slope.
  if (!(x > 0)) return [value, Number.NaN, Number.NaN, Number.NaN];
  return [value, 1 / (x * base), -1 / (2 * x * x * base), 1 / (3 * x ** 3 * base)];
}

function arcSineSlopes(x: number): readonly [number, number, number] {
  const rest = (1 - x) * (1 + x);
  return [rest ** -0.5, (x * rest ** -1.5) / 2, ((1 + 2 * x * x) * rest ** -2.5) / 6];
}

/** x^y as a function of x; exact zeros where a whole power has run out of slopes, so that 0^2 has them too. */
export function powerTaylor(x: number, y: number): Taylor {
  const term = (order: number, factor: number): number => (factor === 0 ? 0 : factor * x ** (y - order));
  return [x ** y, term(1, y), term(2, (y * (y - 1)) / 2), term(3, (y * (y - 1) * (y - 2)) / 6)];
}
