import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from './arbitrary.fixture.ts';
import { createEngine } from './engine.ts';
import { absent } from './nodes.ts';
import { type Case, play, replay } from './replay.fixture.ts';
import type { RuleDecision } from './rule-machine.ts';
import { vectorRow } from './vector.ts';

type Entry = (string | number)[];
interface Form {
  in: [string, number][];
  sig: Entry[];
  cond: Entry[];
}

/** How much of a shift of all inputs a signal shows. */
function shares(sig: readonly Entry[]): number[] {
  const found: number[] = [];
  for (const [name, a, b] of sig) {
    const of = (index: unknown): number => found[Number(index)] ?? 0;
    found.push(name === 'in' ? 1 : name === 'diff' ? of(a) - of(b) : of(a));
  }
  return found;
}

/** The same rules for inputs that are all higher by so much. */
function raised(form: Form, by: number): Form {
  const share = shares(form.sig);
  const cond = form.cond.map((entry): Entry => {
    const [name, signal, ...rest] = entry;
    const limits = name === 'hi' || name === 'lo' ? 1 : name === 'out' ? 2 : 0;
    const shift = by * (share[Number(signal)] ?? 0);
    return limits === 0
      ? entry
      : [name ?? '', signal ?? 0, ...rest.map((x, i) => (i < limits ? Number(x) + shift : x))];
  });
  return { ...form, cond };
}

const limitsFit = ({ cond }: Form): boolean =>
  cond.every(([name, , ...rest]) =>
    name === 'hi' || name === 'lo' || name === 'out'
      ? rest.every((x) => Math.abs(Number(x)) <= 2 ** 31)
      : true,
  );

describe('what must not matter', () => {
  it('by how much all inputs and limits are higher', () => {
    let decisions = 0;
    const property = fc.property(anyCase, fc.integer({ min: -5000, max: 5000 }), (given, by) => {
      const form = raised(given.form as Form, by);
      fc.pre(limitsFit(form));
      const frames = given.frames.map(([t, inputs, ...rest]): Case['frames'][number] => {
        const higher = Object.entries(inputs).map(([name, x]): [string, number | null] => [
          name,
          x === null || name === '$week' ? x : x + by,
        ]);
        return [t, Object.fromEntries(higher), ...rest];
      });
      const expected = replay(given);
      decisions += expected.out.length;
      expect(replay({ ...given, form, frames })).toEqual(expected);
    });
    fc.assert(property, { numRuns: 200 });
    expect(decisions).toBeGreaterThan(500);
  });

  it('that its state was saved and taken up by another engine, before each of the frames', () => {
    const property = fc.property(anyCase, (given) => {
      const split = given.frames.map((_, at) => at);
      expect(play({ ...given, split })).toEqual(play({ ...given, split: [] }));
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('whether frames come one by one or as columns, in one piece or in two', () => {
    const property = fc.property(anyCase, fc.nat(), ({ form, frames }, cut) => {
      const bare = frames.map(([t, inputs]): Case['frames'][number] => [t, inputs, []]);
      const engine = createEngine(form, { rev: 'rev' });
      const column = (name: string): number[] =>
        bare.map(([, inputs]) => {
          const x = inputs[name];
          return x === undefined ? absent : (x ?? Number.NaN);
        });
      const columns = {
        times: bare.map(([t]) => t),
        samples: engine.inputs.map(column),
        week: column('$week'),
      };
      const out: RuleDecision[] = [];
      const middle = cut % bare.length;
      engine.feedColumns(columns, out, 0, middle);
      engine.feedColumns(columns, out, middle);
      const { out: expected, late, state } = play({ form, frames: bare });
      expect({ out: out.map(vectorRow), late: engine.late, state: engine.save() }).toEqual({
        out: expected,
        late,
        state,
      });
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe('a saved state', () => {
  const form = {
    v: 1,
    in: [['x', 0]],
    sig: [
      ['in', 0],
      ['avg', 0, 100, 2],
    ],
    cond: [
      ['hi', 0, 100, 10],
      ['cnt', 0, 2, 100],
    ],
    rule: [{ id: 'r', c: 0, on: 50 }],
  };
  const engine = () => createEngine(form, { rev: 'rev' });
  const saved = (() => {
    const one = engine();
    one.feed(1, { x: 100 });
    return one.save();
  })();

  it('is compact JSON of whole numbers, texts, null and lists', () => {
    expect(saved).toBe('[1,"rev",1,0,null,[[100,null],[100,1,100]],[[1,1],[0,1,1]],[[1,1,0,0,1,0,0,null]]]');
  });

  it.each<[string, string]>([
    ['of other rules by their revision', saved.replace('rev', 'other')],
    ['of a rule set with another count of nodes', saved.replace('[100,null],', '')],
    ['with a rule in no state that there is', saved.replace('[[1,1,0,0,1', '[[5,1,0,0,1')],
    ['with a window that is longer than it may be', saved.replace('[100,1,100]', '[100,1,1,2,2,3,3]')],
    ['with a fraction', saved.replace('[100,null]', '[100.5,null]')],
    ['that ends too early', saved.slice(0, -2)],
    ['that is nothing of the kind', '{"state":1}'],
  ])('is refused: %s', (_, state) => {
    expect(() => engine().restore(state)).toThrow(expect.objectContaining({ code: 'RULES_INVALID' }));
  });

  it('shows what an engine holds', () => {
    const one = engine();
    expect(one.look()).toMatchObject({
      t: null,
      signals: [null, null],
      conditions: [null, null],
      rules: [{ state: 'NORMAL', since: null, due: null, suppressed: false }],
    });
    one.restore(saved);
    expect(one.look()).toMatchObject({
      t: 1,
      signals: [100, 100],
      conditions: [1, 0],
      rules: [{ state: 'PENDING', since: 1, due: 51, suppressed: false }],
    });
  });
});
