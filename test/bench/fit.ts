import { readFileSync } from 'node:fs';
import { Matrix, QrDecomposition } from 'ml-matrix';
import regression from 'regression';
import { fitRequest } from '../../shared/metrology/metrology.ts';
import type { Figure } from './figure.ts';

/** Certified sets of NIST StRD, polynomials of one regressor. */
const sets = [
  { name: 'norris', degree: 1 },
  { name: 'pontius', degree: 2 },
  { name: 'wampler1', degree: 5 },
  { name: 'wampler2', degree: 5 },
  { name: 'wampler5', degree: 5 },
  { name: 'filip', degree: 10 },
] as const;

interface Case {
  name: string;
  degree: number;
  x: string[];
  y: string[];
  certified: number[];
}

function read({ name, degree }: (typeof sets)[number]): Case {
  const file = new URL(`../fixtures/metrology/nist-strd-${name}.json`, import.meta.url);
  const { data_strings: rows, certified } = JSON.parse(readFileSync(file, 'utf8')) as {
    data_strings: [y: string, x: string][];
    certified: { parameters: { estimate: string }[] };
  };
  return {
    name,
    degree,
    x: rows.map(([, x]) => x),
    y: rows.map(([y]) => y),
    certified: certified.parameters.map(({ estimate }) => Number(estimate)),
  };
}

type Method = (data: Case) => number[];

/** The whole request: coefficients, uncertainties, covariance, residuals, F, lack of fit. */
const ours: Method = ({ degree, x, y }) =>
  fitRequest({ model: 'polynomial', degree, x, y }).coefficients.map(({ value }) => Number(value));

/** Coefficients only. */
const besides: Readonly<Record<string, Method>> = {
  'ml-matrix QR': ({ degree, x, y }) => {
    const powers = x.map((at) => Array.from({ length: degree + 1 }, (_, k) => Number(at) ** k));
    const solved = new QrDecomposition(new Matrix(powers)).solve(Matrix.columnVector(y.map(Number)));
    return solved.to1DArray();
  },
  regression: ({ degree, x, y }) => {
    const data = x.map((at, i): [number, number] => [Number(at), Number(y[i])]);
    return regression.polynomial(data, { order: degree, precision: 20 }).equation.toReversed();
  },
};

const mostDigits = 15;

/** Correct digits of the worst coefficient: -log10 of its relative error, at most the fifteen that are certified. */
function correctDigits(found: readonly number[], { certified }: Case): number {
  const digits = certified.map((value, k) => {
    const error = Math.abs((found[k] ?? Number.NaN) - value) / Math.abs(value);
    return Number.isNaN(error) ? 0 : Math.max(0, Math.min(mostDigits, -Math.log10(error)));
  });
  return Math.min(...digits);
}

/** Milliseconds of one fit, as the mean of several after one that warms up. */
function milliseconds(method: Method, data: Case): number {
  const repeats = 5;
  method(data);
  const started = performance.now();
  for (let repeat = 0; repeat < repeats; repeat += 1) method(data);
  return (performance.now() - started) / repeats;
}

/** Time and correct digits on every set, beside every library. */
export const fits: readonly Figure[] = sets.map(read).flatMap((data) =>
  Object.entries(besides).flatMap(([beside, method]): Figure[] => [
    {
      name: `fit of ${data.name} (degree ${data.degree}, ${data.x.length} readings), correct digits`,
      beside,
      unit: 'digits',
      runs: 1,
      measure: async () => ({
        ours: correctDigits(ours(data), data),
        beside: correctDigits(method(data), data),
      }),
    },
    {
      name: `fit of ${data.name}, time; with uncertainties, covariance and tests`,
      beside: `${beside}, coefficients only`,
      unit: 'ms',
      runs: 5,
      measure: async () => ({ ours: milliseconds(ours, data), beside: milliseconds(method, data) }),
    },
  ]),
);
