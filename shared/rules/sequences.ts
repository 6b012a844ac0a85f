import { z } from 'zod';
import type { Condition, Truth } from './nodes.ts';
import { Cap, Count, type Operator, operator, Ref, Span } from './operator.ts';

const rose = (now: Truth, before: Truth): boolean => now === 1 && before !== 1;

/** `count` rising edges within `span` ms. From unknown to true is an edge too. */
function counted(watched: Condition, count: number, span: number): Condition {
  let before: Truth = 0;
  const edges: number[] = [];
  return {
    value: null,
    due: null,
    run(t) {
      if (rose(watched.value, before)) edges.push(t);
      if (edges.length > count) edges.shift();
      before = watched.value;
      const [oldest] = edges;
      const holds = edges.length === count && oldest !== undefined && t - oldest < span;
      this.value = holds ? 1 : 0;
      this.due = holds ? oldest + span : null;
    },
  };
}

/** `second` rose at most `span` ms after `first` had risen in an earlier pass; holds while `second` holds. */
function followed(first: Condition, second: Condition, span: number): Condition {
  let firstBefore: Truth = 0;
  let secondBefore: Truth = 0;
  let risen: number | null = null;
  return {
    value: null,
    due: null,
    run(t) {
      if (second.value !== 1) this.value = 0;
      else if (secondBefore !== 1) this.value = risen !== null && t - risen <= span ? 1 : 0;
      if (rose(first.value, firstBefore)) risen = t;
      firstBefore = first.value;
      secondBefore = second.value;
    },
  };
}

/** `first` rose and `second` did not hold within `span` ms; holds until `second` does. */
function missing(first: Condition, second: Condition, span: number): Condition {
  let before: Truth = 0;
  let deadline: number | null = null;
  return {
    value: null,
    due: null,
    run(t) {
      if (rose(first.value, before)) deadline = t + span;
      before = first.value;
      if (second.value === 1) deadline = null;
      const missed = deadline !== null && t >= deadline;
      this.value = missed ? 1 : 0;
      this.due = missed ? null : deadline;
    },
  };
}

const Pair = <Name extends string>(name: Name) => z.tuple([z.literal(name), Ref, Ref, Count]);

/** Conditions on how other conditions follow each other. */
export const happenings: [string, Operator<Condition>][] = [
  [
    'cnt',
    operator(z.tuple([z.literal('cnt'), Ref, Cap, Span]), ([, c, count, span], { condition }) =>
      counted(condition(c), count, span),
    ),
  ],
  [
    'then',
    operator(Pair('then'), ([, a, b, span], { condition }) => followed(condition(a), condition(b), span)),
  ],
  [
    'miss',
    operator(Pair('miss'), ([, a, b, span], { condition }) => missing(condition(a), condition(b), span)),
  ],
];
