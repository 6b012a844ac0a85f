import { describe, expect, it } from 'vitest';
import { exampleProfile as profile } from '../../shared/contract/profile.fixture.ts';
import { checkRecipe } from './recipes.ts';

const profiles = new Map([['thermo', profile]]);
const good = {
  recipe: 1,
  title: 'Demo',
  provision: { tag: 'TT-1', asset: '', location: 'Here', profile: 'thermo', periodMs: 100 },
  calibrate: {
    channel: 't1',
    points: ['0', '50'],
    tolerance: '0.2',
    adjust: 'always',
    stability: {
      readings: 10,
      intervalMs: 100,
      maxDrift: '0.02',
      maxSpread: '0.05',
      nearNominal: '0.5',
      timeoutSeconds: 60,
    },
  },
  validate: {
    rules: [{ id: 'hot', when: { sensor: 't1', above: '70.0' } }],
    setPoints: ['80', '20'],
    timeoutSeconds: 60,
  },
  report: { engineer: 'E' },
};
type Change = (recipe: typeof good & Record<string, unknown>) => void;
const pathsAfter = (change: Change): string[] => {
  const copy = structuredClone(good) as typeof good & Record<string, unknown>;
  change(copy);
  const checked = checkRecipe(copy, profiles);
  return 'mistakes' in checked ? checked.mistakes.map(({ path }) => path) : [];
};

describe('checkRecipe', () => {
  it('takes a good one and fills in what may be left out', () => {
    const checked = checkRecipe(good, profiles);
    expect('recipe' in checked && checked.recipe.validate?.rules[0]).toMatchObject({
      for: '0s',
      ifNoData: 'keep',
    });
  });

  it.each<[string, Change, string[]]>([
    ['an unknown field', (r) => Object.assign(r.provision, { colour: 'red' }), ['provision.colour']],
    [
      'a number where text must be',
      (r) => Object.assign(r.calibrate, { tolerance: 0.2 }),
      ['calibrate.tolerance'],
    ],
    ['an unknown profile', (r) => Object.assign(r.provision, { profile: 'other' }), ['provision.profile']],
    ['an unknown channel', (r) => Object.assign(r.calibrate, { channel: 'p9' }), ['calibrate.channel']],
    ['a point out of range', (r) => r.calibrate.points.push('500'), ['calibrate.points.2']],
    ['a point twice', (r) => r.calibrate.points.push('50.0'), ['calibrate.points.2']],
    ['no tolerance', (r) => Object.assign(r.calibrate, { tolerance: '0' }), ['calibrate.tolerance']],
    ['a set point out of range', (r) => r.validate.setPoints.push('-99'), ['validate.setPoints.2']],
  ])('names the path of %s', (_, change, paths) => {
    expect(pathsAfter(change)).toEqual(paths);
  });

  it('names a rule by its own place, also when another one does not fit the schema', () => {
    const paths = pathsAfter((recipe) => {
      recipe.validate.rules = [
        { id: 'BAD', when: { sensor: 't1', above: '70.0' } },
        { id: 'odd', when: { sensor: 'nothing', above: '70.0' } },
      ];
    });
    expect(paths).toContain('validate.rules.0.id');
    expect(paths.some((path) => path.startsWith('validate.rules.1.when.sensor'))).toBe(true);
  });

  it('names every mistake at once', () => {
    const paths = pathsAfter((recipe) => {
      Object.assign(recipe, { recipe: 2, title: '' });
      Object.assign(recipe.calibrate, { points: ['500', '0'] });
      recipe.validate.setPoints.push('900');
    });
    expect(paths).toEqual(['recipe', 'title', 'calibrate.points.0', 'validate.setPoints.2']);
  });

  it.each([null, 7, 'text', [], {}])('does not trip over %j', (value) => {
    expect('mistakes' in checkRecipe(value, profiles)).toBe(true);
  });
});
