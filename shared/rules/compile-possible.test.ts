import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuthorCondition } from '../contract/author.ts';
import { compileCondition } from './compile-condition.ts';
import { possible } from './compile-possible.ts';
import { createScope } from './compile-scope.ts';
import { createEngine } from './engine.ts';

const channel = { quantum: '1', unit: 'degC', min: '0', max: '20', staleMs: 0 };
const channels = ['a', 'b'].map((id) => ({ ...channel, id }));
const value = fc.integer({ min: 1, max: 19 }).map(String);
const level = fc.record({
  sensor: fc.constantFrom('a', 'b'),
  side: fc.constantFrom('above', 'below'),
  value,
  deadband: fc.constantFrom('0', '1', '5'),
  not: fc.boolean(),
});
const leaf = level.map(({ side, value: limit, ...rest }): AuthorCondition => ({ ...rest, [side]: limit }));
const { tree } = fc.letrec<{ tree: AuthorCondition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leaf,
    fc
      .record({
        key: fc.constantFrom('all', 'any'),
        many: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
        not: fc.boolean(),
      })
      .map(({ key, many, not }): AuthorCondition => ({ [key]: many, not })),
  ),
}));
const walk = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })), {
  minLength: 1,
  maxLength: 60,
});

describe('what a condition can be', () => {
  it('covers all that it ever is', () => {
    const refused = { hold: 0, fail: 0 };
    fc.assert(
      fc.property(tree, walk, (when, values) => {
        const scope = createScope(channels, {});
        const condition = compileCondition(when, 'when', scope);
        if (condition === null) return;
        const { in: inputs, sig, cond } = scope.tables;
        const rule = [{ id: 'r', c: condition.index }];
        const engine = createEngine({ v: 1, in: inputs, sig, cond, rule });
        const can = possible(condition.possible);
        if (!can.hold) refused.hold += 1;
        if (!can.fail) refused.fail += 1;
        for (const [t, [a, b]] of values.entries()) {
          engine.feed(t, { a, b });
          const truth = engine.look().conditions[condition.index];
          expect(truth === 1 ? can.hold : truth === 0 ? can.fail : true).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
    expect(refused.hold).toBeGreaterThan(10);
    expect(refused.fail).toBeGreaterThan(10);
  });
});
