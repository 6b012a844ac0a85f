import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { needsReference } from '../../shared/contract/recipe.ts';
import { loadProfiles } from '../provisioning/profiles.ts';
import { checkRecipe } from './recipes.ts';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));
const profiles = await loadProfiles(resources);
const demo = JSON.parse(readFileSync(`${resources}/recipes/demo.json`, 'utf8')) as {
  calibrate: { channel: string };
  validate: { setPoints: string[] };
};
const modbus = {
  kind: 'modbus',
  unitId: 1,
  table: 'input',
  address: 0,
  type: 'int16',
  decimals: 1,
  unit: 'degC',
};

function check(source: unknown, setPoints: string[] = []) {
  return checkRecipe({ ...demo, source, validate: { ...demo.validate, setPoints } }, profiles);
}
const paths = (...given: Parameters<typeof check>): string[] => {
  const checked = check(...given);
  return 'mistakes' in checked ? checked.mistakes.map(({ path }) => path) : [];
};

it.each([
  ['SCPI', { kind: 'scpi' }, demo.validate.setPoints, []],
  ['a Modbus register', modbus, [], []],
  ['a Modbus register in another unit', { ...modbus, unit: 'bar' }, [], ['source.unit']],
  ['a Modbus register, and set points', modbus, ['20'], ['validate.setPoints']],
  ['a person', { kind: 'typed', unit: 'degC' }, [], ['source.kind']],
  ['the channel itself', { kind: 'channel', channel: demo.calibrate.channel }, [], ['source.channel']],
  ['a channel that is none', { kind: 'channel', channel: 't9' }, [], ['source.channel']],
  ['nothing that is known', { kind: 'oracle' }, [], ['source.kind']],
])('a reference read by %s', (_, source, setPoints, mistakes) => {
  expect(paths(source, setPoints)).toEqual(mistakes);
});

it('on the unit itself needs no port, any other one does', () => {
  const needs = (source: unknown): boolean => {
    const checked = check(source);
    if ('mistakes' in checked) throw new Error(JSON.stringify(checked.mistakes));
    return needsReference(checked.recipe);
  };
  expect([needs({ kind: 'scpi' }), needs(modbus)]).toEqual([true, true]);
  const checked = check({ kind: 'scpi' });
  const recipe = 'recipe' in checked ? checked.recipe : null;
  const channel = { kind: 'channel', channel: 't2' } as const;
  expect(recipe && needsReference({ ...recipe, source: channel })).toBe(false);
});
