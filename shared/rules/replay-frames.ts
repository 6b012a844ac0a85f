import type { Engine } from './engine.ts';
import type { Inputs } from './nodes.ts';
import type { RuleDecision } from './rule-machine.ts';
import type { Shelve } from './telling.ts';

/** A frame of a recording: ms, samples in quanta (null: bad), rules acknowledged, rules shelved until a time. */
export interface RecordedFrame {
  t: number;
  inputs: Inputs;
  acknowledged: readonly number[];
  shelves: readonly Shelve[];
}

/** An event as files have it: the flag 1 at the end where the rule was the first of its group. */
export type EventRow =
  | [t: number, rule: number, kind: RuleDecision['kind']]
  | [number, number, RuleDecision['kind'], 1];

export const eventRow = ({ t, rule, kind, first }: RuleDecision): EventRow =>
  first ? [t, rule, kind, 1] : [t, rule, kind];

/** Decisions of the engine over frames, in order. */
export function* replayFrames(engine: Engine, frames: Iterable<RecordedFrame>): Generator<RuleDecision> {
  for (const { t, inputs, acknowledged, shelves } of frames) {
    yield* engine.feed(t, inputs, acknowledged, shelves);
  }
}
