import { toNumber } from '../fit/text.ts';
import { compare, fromDecimal, negate, one, type Rational, rational, zero } from '../rational.ts';
import { RequestError } from '../request.ts';
import { squareRootText } from '../square-root.ts';
import { dot, sum, wholeColumn } from '../whole-column.ts';
import type { Correlation } from './correlation-forms.ts';
import type { Input } from './source.ts';

/** Correlation coefficients by the places of two inputs. */
export type Correlations = readonly (readonly Rational[])[];

/** The full matrix of the inputs. Throws RequestError for what no set of quantities can have. */
export function correlationsOf(asked: readonly Correlation[], inputs: readonly Input[]): Correlations {
  const matrix = inputs.map((_, i) => inputs.map((__, j) => (i === j ? one : zero)));
  const seen = new Set<string>();
  asked.forEach((entry, index) => {
    const path = `correlations.${index}`;
    const [i, j] = [placeOf(entry.a, inputs, `${path}.a`), placeOf(entry.b, inputs, `${path}.b`)];
    if (i === j) throw new RequestError(`${path}.b`, 'is the same source as a');
    const pair = `${Math.min(i, j)} ${Math.max(i, j)}`;
    if (seen.has(pair)) throw new RequestError(path, `${entry.a} and ${entry.b} stand here twice`);
    seen.add(pair);
    const r = coefficientOf(entry, inputs[i], inputs[j], path);
    const [row, column] = [matrix[i], matrix[j]];
    if (row) row[j] = r;
    if (column) column[i] = r;
  });
  if (asked.length > 0) checkPossible(matrix);
  return matrix;
}

function placeOf(name: string, inputs: readonly Input[], path: string): number {
  const place = inputs.findIndex((input) => input.name === name);
  if (place < 0) throw new RequestError(path, `there is no source ${JSON.stringify(name)}`);
  return place;
}

function coefficientOf(
  { r }: Correlation,
  a: Input | undefined,
  b: Input | undefined,
  path: string,
): Rational {
  if (r !== undefined && r !== 'readings') {
    const given = fromDecimal(r);
    if (compare(given, one) <= 0 && compare(given, negate(one)) >= 0) return given;
    throw new RequestError(`${path}.r`, 'must lie between -1 and 1');
  }
  if (!a?.readings || !b?.readings || a.readings.length !== b.readings.length) {
    throw new RequestError(`${path}.r`, 'is missing: only equally many readings of both sources give it');
  }
  return ofReadings(a.readings, b.readings, path);
}

/** The correlation of two series taken together, and of their means (JCGM 100, 5.2.3), to 40 digits. */
function ofReadings(a: readonly Rational[], b: readonly Rational[], path: string): Rational {
  const [x, y] = [deviations(a), deviations(b)];
  const squares = dot(x, x) * dot(y, y);
  if (squares === 0n) throw new RequestError(`${path}.r`, 'cannot come from readings that do not vary');
  const products = dot(x, y);
  const size = fromDecimal(squareRootText(rational(products * products, squares), 40));
  return products < 0n ? negate(size) : size;
}

function deviations(readings: readonly Rational[]): bigint[] {
  const { whole } = wholeColumn(readings);
  const total = sum(whole);
  return whole.map((value) => value * BigInt(whole.length) - total);
}

/** Rounded coefficients may leave a matrix that is possible by a hair only. */
const roundingSlack = 1e-6;

/** Cholesky's root of a matrix of correlations; null where a pivot is negative beyond the rounding of its entries. */
export function choleskyRoot(matrix: readonly (readonly number[])[]): number[][] | null {
  const root: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const line: number[] = [];
    for (let j = 0; j <= i; j += 1) {
      const above = root[j] ?? line;
      let rest = row[j] ?? 0;
      for (let k = 0; k < j; k += 1) rest -= (line[k] ?? 0) * (above[k] ?? 0);
      if (i !== j) {
        const pivot = above[j] ?? 0;
        if (pivot < 1e-7 && Math.abs(rest) > 1e-3) return null;
        line.push(pivot < 1e-7 ? 0 : rest / pivot);
      } else if (rest < -roundingSlack) return null;
      else line.push(Math.sqrt(Math.max(rest, 0)));
    }
    root.push(line);
  }
  return root;
}

function checkPossible(matrix: Correlations): void {
  if (choleskyRoot(matrix.map((row) => row.map(toNumber))) === null) {
    throw new RequestError('correlations', 'cannot hold together: their matrix is not positive semidefinite');
  }
}
