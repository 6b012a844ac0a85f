import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mistake } from '../../shared/contract/validate.ts';
import { loadProfiles } from '../provisioning/profiles.ts';
import { change, type Mutation, mutations } from './recipe-mutations.fixture.ts';
import { checkRecipe } from './recipes.ts';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));
const demo = readFileSync(`${resources}/recipes/demo.json`, 'utf8');
const profiles = await loadProfiles(resources);

function mistakesAfter(changes: Readonly<Record<string, unknown>>): Mistake[] {
  const recipe: unknown = JSON.parse(demo);
  for (const [at, to] of Object.entries(changes)) change(recipe, at, to);
  const checked = checkRecipe(recipe, profiles);
  return 'mistakes' in checked ? checked.mistakes : [];
}
const pathsAfter = (changes: Readonly<Record<string, unknown>>): string[] =>
  mistakesAfter(changes).map(({ path }) => path);
const changesOf = (chosen: readonly Mutation[]): Record<string, unknown> =>
  Object.fromEntries(chosen.map(({ at, to }) => [at, to]));
const namedBy = ({ at, named }: Mutation): string => named ?? at;

describe('every mistake is named at once', () => {
  it('and each by itself', () => {
    expect(mutations.length).toBeGreaterThan(20);
    for (const mutation of mutations) expect(pathsAfter(changesOf([mutation]))).toEqual([namedBy(mutation)]);
  });

  it('whichever are made together, in the order of the document', () => {
    fc.assert(
      fc.property(fc.subarray([...mutations]), (chosen) => {
        expect(pathsAfter(changesOf(chosen))).toEqual(chosen.map(namedBy));
      }),
      { numRuns: 300 },
    );
    expect(pathsAfter(changesOf(mutations))).toEqual(mutations.map(namedBy));
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    [
      'too few points, one of them no number',
      { 'calibrate.points': ['abc'] },
      ['calibrate.points', 'calibrate.points.0'],
    ],
    [
      'above and below, both out of range',
      { 'validate.rules.0.when': { sensor: 't1', above: '500', below: '-500', deadband: 'x', colour: 1 } },
      ['', '.above', '.below', '.deadband', '.colour'].map((field) => `validate.rules.0.when${field}`),
    ],
    [
      'neither above nor below',
      { 'validate.rules.0.when': { sensor: 't9', deadband: '-1' } },
      ['', '.sensor', '.deadband'].map((field) => `validate.rules.0.when${field}`),
    ],
    [
      'an empty rule, and one that is none',
      { 'validate.rules': [{}, 7] },
      ['validate.rules.0.id', 'validate.rules.0.when', 'validate.rules.1'],
    ],
    [
      'an id that is wrong and there three times',
      { 'validate.rules.0.id': 'A', 'validate.rules.1.id': 'A', 'validate.rules.2.id': 'A' },
      [0, 1, 1, 2, 2].map((index) => `validate.rules.${index}.id`),
    ],
    [
      'a threshold that never clears beside a dead-band that is wrong',
      { 'validate.rules.2.when.above': '-20', 'validate.rules.2.when.deadband': '-1' },
      ['validate.rules.2.when.above', 'validate.rules.2.when.deadband'],
    ],
    [
      'the same point in other words',
      { 'calibrate.points': ['0', '-0.0', '50', '50.00', '5'] },
      ['calibrate.points.1', 'calibrate.points.3'],
    ],
    [
      'a laboratory that says nothing of itself, with a logo that is no picture',
      {
        'certificate.laboratory': {
          party: { name: ' ', address: '\n', country: 'ZZ', contact: '' },
          logo: 'PHN2Zy8+',
        },
      },
      ['party.name', 'party.address', 'party.country', 'logo'].map((at) => `certificate.laboratory.${at}`),
    ],
    ['a certificate without TLS', { 'connection.broker.tls': null }, ['connection.broker.tls']],
    [
      'everything missing',
      Object.fromEntries(Object.keys(JSON.parse(demo)).map((key) => [key, undefined])),
      // What a recipe need not have is none: calibration, rules, connection.
      ['recipe', 'title', 'provision', 'report'],
    ],
  ])('%s', (_, changes, paths) => {
    expect(pathsAfter(changes)).toEqual(paths);
  });
});

describe('a mistake is told in plain words', () => {
  it.each<[string, unknown, string]>([
    ['title', '', 'must not be empty'],
    ['title', 'x'.repeat(61), 'must have at most 60 characters'],
    ['title', undefined, 'is missing'],
    ['recipe', '1', 'must be 1'],
    ['calibrate.adjust', 'x', 'must be "always" or "when-needed"'],
    ['calibrate.tolerance', 0.2, 'must be text, such as "0.2"'],
    ['calibrate.tolerance', 'x', 'must be a decimal number as text, such as "25.0"'],
    ['calibrate.points', ['0'], 'must have at least 2 entries'],
    ['calibrate.points', '0', 'must be a list in [ ]'],
    ['calibrate.stability', [], 'must be an object in { }'],
    ['calibrate.stability.readings', 1, 'must be at least 5'],
    ['calibrate.stability.readings', 7.5, 'must be a whole number'],
    ['calibrate.stability.readings', '7', 'must be a number, without quotation marks'],
    ['calibrate.colour', 1, 'is not a field of a recipe'],
    ['validate.rules', [], 'must not be empty'],
    ['validate.timeoutSeconds', 1e6, 'must be at most 86400'],
    ['validate.rules.0.when.not', 1, 'must be true or false, without quotation marks'],
    ['validate.rules.0.for', '5', 'must be a duration, such as "500ms", "5s", "2min", "1h"'],
  ])('%s: %j', (at, to, message) => {
    expect(mistakesAfter({ [at]: to })).toEqual([{ path: at, message }]);
  });

  it('whatever stands in the place of a value', () => {
    const places = mutations.map(({ at }) => at);
    const anything = fc.dictionary(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }));
    const words = /^(is|must|needs|leaves)\b(?!.*(\b(expected|received|pattern|Invalid)\b|[<>]=))/;
    fc.assert(
      fc.property(anything, (changes) => {
        for (const { message } of mistakesAfter(changes)) expect(message).toMatch(words);
      }),
      { numRuns: 300 },
    );
  });

  it('and a field of any name is shown without harm', () => {
    expect(pathsAfter({ '\u001b[2J\u009b\n': 1 })).toEqual(['"\\u001b[2J\\u009b\\n"']);
    expect(pathsAfter({ ['x'.repeat(5000)]: 1 })).toEqual([`"${'x'.repeat(60)}…"`]);
    expect(checkRecipe(JSON.parse(demo.replace('"title"', '"__proto__"')), profiles)).toMatchObject({
      mistakes: [
        { path: '__proto__', message: 'is not a field of a recipe' },
        { path: 'title', message: 'is missing' },
      ],
    });
  });
});
