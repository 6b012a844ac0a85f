import { describe, expect, it } from 'vitest';
import { AuthorRules } from '../../contract/validate.ts';
import { checkDeviceForm, type DeviceForm } from '../device-form.ts';
import { compileRules, createEngine } from '../rules.ts';
import { variantsOf } from './form-variants.ts';
import { type SelfTestFrame, selfTestVectors } from './self-test.ts';

const channels = ['t1', 't2', 'run'].map((id) => ({
  id,
  quantum: '0.001',
  unit: 'degC',
  min: '-50',
  max: '655',
  staleMs: 2000,
}));

function formOf(...rules: object[]): DeviceForm {
  const compiled = compileRules(AuthorRules.parse(rules), channels);
  if ('mistakes' in compiled) throw new Error(JSON.stringify(compiled.mistakes));
  return checkDeviceForm(JSON.parse(compiled.text));
}

const plain = formOf(
  { id: 'hot', when: { sensor: 't1', above: '60', deadband: '2' }, for: '500ms', severity: 'high' },
  { id: 'cold', when: { sensor: 't1', below: '10', deadband: '1' }, clearAfter: '500ms', needsAck: true },
  { id: 'not-warm', when: { sensor: 't1', above: '25', deadband: '1', not: true }, ifNoData: 'fire' },
);
const rich = formOf(
  {
    id: 'mean',
    when: { sensor: 't1', average: '30s', samples: 20, above: '60', deadband: '1' },
    for: '10s',
    firstOut: 'g',
  },
  { id: 'rise', when: { sensor: 't1', rising: '2', per: 'min', over: '60s', points: 30 }, firstOut: 'g' },
  { id: 'still', when: { sensor: 't2', stuck: '1min', tolerance: '0.01' }, inhibitedBy: ['mean'] },
  { id: 'silent', when: { sensor: 't1', silent: true }, for: '5s', remind: { every: '1min', times: 3 } },
  {
    id: 'both',
    when: {
      all: [
        { sensor: 't1', above: '50' },
        { sensor: 't2', outside: ['1', '5'], deadband: '0.5' },
      ],
    },
    onlyOnCrossing: true,
  },
  {
    id: 'cycles',
    when: { times: 3, of: { sensor: 'run', above: '0.5' }, within: '10min' },
    shelveAtMost: '1h',
  },
  {
    id: 'nights',
    when: {
      all: [{ sensor: 't1', above: '30' }, { during: { days: ['mon'], from: '22:00', to: '06:00' } }],
    },
    ifNoData: 'clear',
  },
);

const decided = (form: unknown, vectors: readonly (readonly SelfTestFrame[])[]): string[] =>
  vectors.map((vector) => {
    const engine = createEngine(form);
    return JSON.stringify([vector.map((frame) => engine.feed(...frame)), engine.late]);
  });

/** Variants of the form that decide on all vectors as it does. */
function untold(form: DeviceForm, vectors: readonly (readonly SelfTestFrame[])[]): string[] {
  const right = decided(form, vectors);
  return variantsOf(form)
    .filter((variant) => vectors.every((vector, i) => decided(variant.form, [vector])[0] === right[i]))
    .map(({ what }) => what);
}

describe('vectors chosen from a rule set', () => {
  it('tell plain rules from all that differ in one number, operator or option', () => {
    const vectors = selfTestVectors(plain, { seed: 7 });
    expect(vectors).toHaveLength(200);
    expect(vectors.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(5000);
    expect(untold(plain, vectors)).toEqual([]);
  });

  it('tell rich ones from nearly all, with few enough frames for a slow line', { timeout: 120_000 }, () => {
    const vectors = selfTestVectors(rich, { seed: 7 });
    const left = untold(rich, vectors);
    // What is never unknown, or false at first in any case, is the same with another option for that.
    const alike = left.filter((what) => /^rule \d (unk|edge) /.test(what));
    expect(vectors.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(5000);
    expect((left.length - alike.length) / variantsOf(rich).length).toBeLessThan(0.06);
  });

  it('are the same for the same rules and seed, and others for another', () => {
    const [one, again, other] = [1, 1, 2].map((seed) => selfTestVectors(plain, { count: 20, seed }));
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(one).toHaveLength(20);
  });

  it('hold whole numbers only, as far as a unit takes them', () => {
    for (const [t, inputs] of selfTestVectors(rich, { count: 40, seed: 3 }).flat()) {
      expect(Number.isSafeInteger(t)).toBe(true);
      for (const x of Object.values(inputs)) {
        expect(x === null || (Number.isSafeInteger(x) && Math.abs(x) <= 2 ** 31)).toBe(true);
      }
    }
  });

  it('are none where there are no rules', () => {
    expect(selfTestVectors({ v: 1, in: [], sig: [], cond: [], rule: [] })).toEqual([]);
  });
});
