import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SemanticVersion } from '../../../shared/contract/bundle.ts';
import { compareVersions } from './version.ts';

/** semver.org 2.0.0 §11, its own examples, in ascending order. */
const ascending = [
  '0.9.0',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '2.0.0',
  '2.1.0',
  '2.1.1',
  '2.10.0',
  '2.10.99999999999999999998',
  '2.10.99999999999999999999',
];

it('has the order of semver', () => {
  const pairs = ascending.flatMap((a, i) => ascending.map((b, j) => [a, b, Math.sign(i - j)] as const));
  expect(pairs.map(([a, b]) => [a, b, compareVersions(a, b)])).toEqual(pairs);
});

it('takes no notice of the build', () => {
  expect(compareVersions('1.0.0+a-b', '1.0.0+1')).toBe(0);
  expect(compareVersions('1.0.0-a+b', '1.0.0')).toBe(-1);
});

it('is an order of all versions', () => {
  const number = fc.nat(30).map(String);
  const version = fc
    .tuple(
      number,
      number,
      number,
      fc.array(fc.oneof(number, fc.constantFrom('a', 'b', '-', '0a')), { maxLength: 3 }),
    )
    .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre.length > 0 ? `-${pre.join('.')}` : ''}`);
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(SemanticVersion.safeParse(a).success).toBe(true);
      expect(compareVersions(a, b) + compareVersions(b, a)).toBe(0);
      expect(compareVersions(a, b) === 0).toBe(a === b);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }
    }),
  );
});
