import { z } from 'zod';
import type { Nodes, Signal } from './nodes.ts';
import { Cap, type Operator, operator, Power, Ref, Span } from './operator.ts';

/** Largest magnitude of an input (rule N3 of the model). */
const inputTop = 2 ** 31;

/** Latest value of an input; bad on a null sample or once it is `stale` ms old (0: never). */
function input(name: string, stale: number): Signal {
  return {
    value: null,
    fresh: false,
    due: null,
    top: inputTop,
    run(t, inputs) {
      const sample = inputs[name];
      this.fresh = sample !== undefined && sample !== null;
      if (sample !== undefined) {
        this.value = sample;
        this.due = this.fresh && stale > 0 ? t + stale : null;
      }
      if (this.due !== null && t >= this.due) {
        this.value = null;
        this.due = null;
      }
    },
  };
}

/** A value that follows the fresh samples of another. What it remembers outlasts a bad value. */
function derived(source: Signal, take: (t: number, x: number) => number): Signal {
  return {
    value: null,
    fresh: false,
    due: null,
    top: source.top,
    run(t) {
      this.fresh = source.fresh;
      if (source.value === null) this.value = null;
      else if (source.fresh) this.value = take(t, source.value);
    },
  };
}

function ewma(source: Signal, power: number): Signal {
  let sum: number | null = null;
  return derived(source, (_, x) => {
    sum = sum === null ? 256 * x : sum + Math.floor((256 * x - sum) / 2 ** power);
    return Math.floor((sum + 128) / 256);
  });
}

/** Half-open window: samples with t - ts < span; the oldest are dropped beyond `cap`. */
function windowed(source: Signal, span: number, cap: number, of: (values: number[]) => number): Signal {
  const kept: { t: number; x: number }[] = [];
  return derived(source, (t, x) => {
    kept.push({ t, x });
    while (kept.length > cap || t - (kept[0]?.t ?? t) >= span) kept.shift();
    return of(kept.map((sample) => sample.x));
  });
}

function average(values: number[]): number {
  const sum = values.reduce((total, x) => total + x, 0);
  return Math.floor((2 * sum + values.length) / (2 * values.length));
}

function difference(a: Signal, b: Signal): Signal {
  return {
    value: null,
    fresh: false,
    due: null,
    top: a.top + b.top,
    run() {
      this.value = a.value === null || b.value === null ? null : a.value - b.value;
      this.fresh = this.value !== null && (a.fresh || b.fresh);
    },
  };
}

const Window = <Name extends string>(name: Name) => z.tuple([z.literal(name), Ref, Span, Cap]);
const one =
  (of: (values: number[]) => number) =>
  ([, s, span, cap]: [string, number, number, number], { signal }: Nodes) =>
    windowed(signal(s), span, cap, of);

/** Signal operators of the device form; a new one is a line here and in `plumbline/operators.py`. */
export const signalOperators = new Map<string, Operator<Signal>>([
  ['in', operator(z.tuple([z.literal('in'), Ref]), ([, i], nodes) => input(...nodes.input(i)))],
  ['ewma', operator(z.tuple([z.literal('ewma'), Ref, Power]), ([, s, k], { signal }) => ewma(signal(s), k))],
  ['avg', operator(Window('avg'), one(average))],
  [
    'min',
    operator(
      Window('min'),
      one((values) => Math.min(...values)),
    ),
  ],
  [
    'max',
    operator(
      Window('max'),
      one((values) => Math.max(...values)),
    ),
  ],
  [
    'diff',
    operator(z.tuple([z.literal('diff'), Ref, Ref]), ([, a, b], { signal }) =>
      difference(signal(a), signal(b)),
    ),
  ],
]);
