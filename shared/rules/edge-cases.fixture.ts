import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Case, type End, play } from './replay.fixture.ts';

type Inputs = Record<string, number | null>;
/** `[t, inputs, acknowledged, shelves]`, from the second on as far as there are any. */
export type Step = [t: number, inputs?: Inputs, acks?: number[], shelves?: [number, number][]];

/** One of the cases of the model's list, by its number. */
export interface EdgeCase {
  form: object;
  steps: Step[];
  boot?: unknown;
  /** Decisions as `t KIND`, or `t#rule KIND` of another rule than the first; `!` for the first of its group. */
  said?: string;
  /** Values of the signals at the end. */
  signals?: (number | null)[];
  late?: number;
}
export type Row = [name: string, EdgeCase];

export const hi = ['hi', 0, 100, 10];

/** Rules on input x (signal 0), the condition that was given last; more of it by members. */
export const on = (cond: unknown[][], rule: object = {}, more: object = {}): object => ({
  v: 1,
  in: [
    ['x', 0],
    ['y', 0],
  ],
  sig: [
    ['in', 0],
    ['in', 1],
  ],
  cond,
  rule: [{ id: 'r0', c: cond.length - 1, ...rule }],
  ...more,
});

/** A rule each with these members. */
export const rules = (...many: object[]): object => ({
  rule: many.map((each, index) => ({ id: `r${index}`, c: 0, ...each })),
});

/** Samples of x, 100 ms apart from 0 on. */
export const every100 = (...samples: (number | null)[]): Step[] =>
  samples.map((x, i): Step => [100 * i, { x }]);

const caseOf = ({ form, steps, boot }: EdgeCase): Case => ({
  form,
  frames: steps.map(([t, inputs = {}, acks = [], shelves = []]) => [t, inputs, acks, shelves]),
  ...(boot === undefined ? {} : { boot }),
});

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

function onTheUnit(cases: readonly Case[]): (End | 'refused')[] {
  const args = ['-B', path('fixtures/replay.py'), path('../../resources/agent')];
  const input = cases.map((one) => JSON.stringify(one)).join('\n');
  const { stdout } = spawnSync('python3', args, { input, encoding: 'utf8', maxBuffer: 50_000_000 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as End | 'refused');
}

/** A test for each: what the app decides, and that the unit decides it too and ends in the same state. */
export function decideAlike(table: readonly Row[]): void {
  const ends = onTheUnit(table.map(([, one]) => caseOf(one)));
  it.each(table.map(([name, one], i) => ({ name, one, unit: ends[i] })))('$name', ({ one, unit }) => {
    const app = play(caseOf(one));
    if (one.said !== undefined) expect(words(app)).toBe(one.said);
    if (one.signals !== undefined) expect(signalsAt(app)).toEqual(one.signals);
    expect(app.late).toBe(one.late ?? 0);
    expect(unit).toEqual(app);
  });
}

const words = ({ out }: End): string =>
  out
    .map(([t, rule, kind, first]) => `${t}${rule === 0 ? '' : `#${rule}`} ${kind}${first ? '!' : ''}`)
    .join(', ');

/** The value comes first of what a signal keeps. */
function signalsAt({ state }: End): (number | null)[] {
  const signals = (JSON.parse(state) as unknown[])[5] as (number | null)[][];
  return signals.map(([value]) => value ?? null);
}
