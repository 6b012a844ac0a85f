import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../shared/contract/devices.ts';
import { type Judgement, judgeAnswer, judgeBirth, judgeData, judgeReturn, judgeState } from './judge.ts';
import type { BrokerMessage } from './session.ts';

const unit = 'e6614103e7452d2f';
const sw = 'ab'.repeat(32);
const expected = { unit, manifest: sw, tag: 'TT-101', boot: 7, t: 5000 };
const birth = { unit, agent: '0.1.0', sw, tag: 'TT-101', boot: 7, t: 6000 };
const frames: Record<number, Frame> = {
  12: {
    seq: 12,
    t: 1200,
    at: 0,
    channels: [
      { id: 't1', value: 23_512, raw: 1 },
      { id: 't2', value: null, raw: null },
    ],
  },
};
const frameOf = (seq: number): Frame | undefined => frames[seq];

const message = (content: unknown, retained = false): BrokerMessage => ({
  topic: 'any',
  payload: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
  retained,
});

const isSight = (judgement: Judgement): boolean => judgement !== null && 'seen' in judgement;

describe('what a message is good for', () => {
  it('is the sight only with everything that makes it this very unit, now', () => {
    expect(isSight(judgeBirth(message(birth), expected))).toBe(true);
    expect(isSight(judgeReturn(message(birth), expected))).toBe(true);
    for (const [name, value] of [
      ['unit', 'beef0001'],
      ['sw', 'cd'.repeat(32)],
      ['sw', null],
      ['tag', 'TT-102'],
      ['boot', 6],
      ['boot', 8],
      ['boot', '7'],
      ['t', -1],
    ] as const) {
      expect(isSight(judgeBirth(message({ ...birth, [name]: value }), expected)), name).toBe(false);
    }
    const data = { boot: 7, seq: 12, t: 1200, v: { t1: 23_512, t2: null } };
    expect(isSight(judgeData(message(data), expected, frameOf))).toBe(true);
    for (const more of [
      { boot: 6 },
      { t: 1201 },
      { v: {} },
      { v: { t1: 23_513 } },
      { v: { t3: 1 } },
      { v: { t2: 0 } },
    ]) {
      expect(isSight(judgeData(message({ ...data, ...more }), expected, frameOf))).toBe(false);
    }
    // Not on the line yet: looked at again when its frame has come.
    expect(judgeData(message({ ...data, seq: 13 }), expected, frameOf)).toBeNull();
  });

  it('never is a sight where the broker had kept it, but for a birth of this start', () => {
    expect(isSight(judgeBirth(message({ ...birth, t: 4999 }, true), expected))).toBe(true);
    expect(isSight(judgeBirth(message(birth, true), expected))).toBe(false);
    expect(isSight(judgeReturn(message(birth, true), expected))).toBe(false);
    expect(isSight(judgeState(message('offline', true), 'offline'))).toBe(false);
    expect(isSight(judgeState(message('offline'), 'offline'))).toBe(true);
    expect(isSight(judgeState(message('online'), 'offline'))).toBe(false);
    const data = { boot: 7, seq: 12, t: 1200, v: { t1: 23_512 } };
    expect(isSight(judgeData(message(data, true), expected, frameOf))).toBe(false);
    const answer = { id: 5, ok: { unit, boot: 7 } };
    expect(isSight(judgeAnswer(message(answer), expected, 5))).toBe(true);
    expect(isSight(judgeAnswer(message(answer, true), expected, 5))).toBe(false);
    expect(isSight(judgeAnswer(message(answer), expected, 6))).toBe(false);
  });

  it('is nothing for whatever else anybody may write there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.constant('[')), fc.boolean(), (text, retained) => {
        const any = message(text, retained);
        const judged = [
          judgeBirth(any, expected),
          judgeReturn(any, expected),
          judgeData(any, expected, frameOf),
          judgeAnswer(any, expected, 5),
          judgeState(any, 'offline'),
        ];
        expect(judged.some(isSight)).toBe(false);
      }),
    );
    const huge = { ...birth, agent: 'x'.repeat(20_000) };
    expect(isSight(judgeBirth(message(huge), expected))).toBe(false);
  });
});
