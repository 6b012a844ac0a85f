import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { decimalPlaces, normaliseDecimal, roundDecimal } from '../../units/units.ts';

/** Published figures, as test/fixtures/metrology has them. */
export const figures = <Content>(name: string): Content =>
  JSON.parse(
    readFileSync(new URL(`../../../test/fixtures/metrology/${name}.json`, import.meta.url), 'utf8'),
  ) as Content;

/** Every printed digit: the value, rounded to the places of the printed figure, is that figure. */
export function expectPrinted(value: string | null | undefined, printed: string): void {
  const plain = normaliseDecimal(printed);
  expect(roundDecimal(value ?? 'missing', decimalPlaces(plain))).toBe(plain);
}
