import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuthorRule } from '../../../../shared/contract/author.ts';
import { anyRules, channels } from '../../../../shared/rules/author.fixture.ts';
import { printRules } from '../../../../shared/rules/rules.ts';
import { newValidate } from '../../../../shared/wizard/validate.ts';
import { draftOf } from '../draft.ts';
import { earlierOf } from './earlier.ts';
import { judge } from './judge.ts';
import {
  beginWriting,
  canShow,
  changedRule,
  improves,
  isAbout,
  rulesOf,
  shownText,
  showView,
  typeText,
  withoutRule,
} from './written.ts';

const unit = 'e660583883724a32';
const hot: AuthorRule = {
  id: 'hot',
  when: { sensor: 't1', above: '70.0', deadband: '0.5' },
  for: '5s',
  clearAfter: '0s',
  ifNoData: 'keep',
  severity: 'medium',
};
const silent: AuthorRule = {
  ...hot,
  id: 'silent',
  when: { sensor: 't1', silent: true },
  inhibitedBy: ['hot'],
};
const empty = newValidate('w1', unit, 'bench:1');
const state = { ...empty, rules: [hot, silent] };
const begun = beginWriting(state, null);

describe('form and text', () => {
  it('say the same, whatever the rules', () =>
    fc.assert(
      fc.property(anyRules, (rules) => {
        const form = beginWriting({ ...empty, rules }, null);
        const text = showView(form, 'text');
        expect(shownText(text)).toBe(printRules(rules));
        expect(rulesOf(text)).toEqual(rules);
        const typed = typeText(text, shownText(text));
        expect(rulesOf(showView(typed, 'form'))).toEqual(rules);
      }),
      { numRuns: 200 },
    ));

  it('stay in step while either is typed', () => {
    const typed = typeText(showView(begun, 'text'), '# as agreed\nrule hot when t1 above 60 for 5s');
    expect(rulesOf(typed)).toMatchObject([{ id: 'hot', when: { above: '60' } }]);
    const form = showView(typed, 'form');
    expect(form.drafts).toMatchObject([{ id: 'hot', threshold: '60' }]);
    expect(shownText(showView(form, 'text'))).toContain('# as agreed');
    const changed = { ...form, drafts: form.drafts.map((draft) => ({ ...draft, threshold: '61' })) };
    expect(shownText(showView(changed, 'text'))).toBe('rule hot\n  when t1 above 61\n  for 5s\n');
  });

  it('open only once the other is right, so that nothing is lost', () => {
    const broken = typeText(showView(begun, 'text'), 'rule hot when');
    expect([rulesOf(broken), canShow(broken, 'form'), canShow(broken, 'text')]).toEqual([null, false, true]);
    expect(broken.drafts).toEqual(begun.drafts);
    const incomplete = { ...begun, drafts: begun.drafts.map((draft) => ({ ...draft, threshold: '' })) };
    expect(canShow(incomplete, 'text')).toBe(false);
    expect(canShow(beginWriting(empty, null), 'text')).toBe(true);
  });

  it('are about the rules that the wizard has, or has just been sent', () => {
    expect(isAbout(begun, state)).toBe(true);
    const typed = typeText(begun, 'rule hot when t1 above 60');
    const sent = { ...typed, view: 'text' as const };
    expect(isAbout(sent, { ...state, rules: rulesOf(sent) })).toBe(true);
    expect(isAbout(begun, { ...state, rules: [hot] })).toBe(false);
  });
});

describe('list of rules', () => {
  it('asks what the unit should notice where there is none', () => {
    expect(beginWriting(empty, null).adding).toEqual({ template: null, answers: {} });
    expect(begun.adding).toBeNull();
    const one = withoutRule({ ...begun, open: 1 }, 0);
    expect([one.drafts?.length, one.open, one.adding]).toEqual([1, 0, null]);
    expect(withoutRule(beginWriting({ ...state, rules: [hot] }, null), 0).adding).not.toBeNull();
  });

  it('keeps who falls silent for whom when a rule gets another name', () => {
    const drafts = [hot, silent].map(draftOf);
    const [, second] = changedRule(drafts, 0, { ...draftOf(hot), id: 'too-hot' });
    expect(second?.inhibitedBy).toEqual(['too-hot']);
  });
});

describe('mistakes', () => {
  const drafts = [hot, silent].map(draftOf);
  const judged = (part: object, said: { path: string; message: string }[] = []) =>
    judge(
      drafts.map((draft) => (draft.id === 'hot' ? { ...draft, ...part } : draft)),
      channels as never,
      said,
    );

  it('of the compiler stand at the rule and the field that they name', () => {
    expect(judged({}).map(({ refused }) => refused)).toEqual([[], []]);
    expect(judged({ threshold: '500' })[0]?.refused).toMatchObject([{ path: 'when.above' }]);
    const [first, second] = judged({ id: 'other' });
    expect([first?.refused, second?.refused]).toMatchObject([[], [{ path: 'inhibitedBy.0' }]]);
  });

  it('of one rule are told while another is not complete', () => {
    const both = judge(
      [{ ...draftOf(hot), threshold: '' }, draftOf({ ...silent, for: '999999h' })],
      channels as never,
      [],
    );
    expect(both[0]?.malformed).toMatchObject([{ path: 'when.above' }]);
    expect(both[1]?.refused).toMatchObject([{ path: 'for' }]);
  });

  it('that the host told are added once', () => {
    const message = 'is too much for this unit';
    expect(judged({}, [{ path: '0.for', message }])[0]?.refused).toEqual([{ path: 'for', message }]);
    const own = judged({ threshold: '500' })[0]?.refused ?? [];
    const again = own.map((mistake) => ({ ...mistake, path: `0.${mistake.path}` }));
    expect(judged({ threshold: '500' }, again)[0]?.refused).toEqual(own);
  });
});

describe('a new version', () => {
  const compiled = { text: '', sha256: '0'.repeat(64), revision: '00000000', ids: [], sentences: [] };
  const done = { ...state, done: true, compiled };
  const next = { ...empty, id: 'w12' };

  it('begins with the rules of the newest finished wizard of the unit', () => {
    const newer = { ...done, id: 'w9', rules: [hot], compiled: { ...compiled, revision: '11111111' } };
    const others = [
      done,
      newer,
      { ...newer, id: 'w10', done: false },
      { ...newer, id: 'w11', unit: 'abcdef' },
    ];
    const earlier = earlierOf(next, others);
    expect(earlier).toEqual({ revision: '11111111', rules: [hot] });
    expect(beginWriting(next, earlier).drafts).toEqual([draftOf(hot)]);
    expect(earlierOf(empty, others)).toBeNull();
  });

  it('names the one that it was told to improve', () => {
    const basedOn = { revision: '00000000', lesson: 'It chattered.' };
    expect(earlierOf({ ...next, basedOn }, [done])).toEqual({ revision: '00000000', rules: done.rules });
    const unknown = earlierOf({ ...next, basedOn: { ...basedOn, revision: '22222222' } }, [done]);
    expect(unknown).toEqual({ revision: '22222222', rules: null });
  });

  it('says what was learned once it differs', () => {
    const earlier = { revision: '00000000', rules: [hot] };
    expect([improves([hot], earlier), improves([silent], earlier), improves(null, earlier)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
