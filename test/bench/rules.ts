import jsonLogic from 'json-logic-js';
import { Engine as JsonRules } from 'json-rules-engine';
import { createEngine } from '../../shared/rules/engine.ts';
import type { Inputs } from '../../shared/rules/nodes.ts';
import type { RuleDecision } from '../../shared/rules/rule-machine.ts';
import type { Figure } from './figure.ts';
import { boardCost } from './rules-board.ts';

const channels = 10;
const limit = 600;

/** A random walk of whole quanta a channel, the same in every run. */
function walks(rows: number): Int32Array[] {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  return Array.from({ length: channels }, () => {
    let x = 0;
    return Int32Array.from({ length: rows }, () => {
      x = Math.max(-1000, Math.min(1000, x + Math.floor(random() * 201) - 100));
      return x;
    });
  });
}

const columns = (rows: number) => ({
  times: Float64Array.from({ length: rows }, (_, row) => 1000 * row),
  samples: walks(rows),
});

const inputs = Array.from({ length: channels }, (_, i) => [`i${i}`, 5000] as const);
const each = <T>(count: number, one: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => one(i));

/** 20 rules with delays on 20 conditions over 10 inputs and their means. */
const stateful = {
  v: 1,
  in: inputs,
  sig: [...each(channels, (i) => ['in', i]), ...each(channels, (i) => ['ewma', i, 4])],
  cond: [
    ...each(channels, (i) => ['hi', channels + i, limit, 50]),
    ...each(channels, (i) => ['lo', i, -limit, 50]),
  ],
  rule: each(2 * channels, (i) => ({ id: `r${i}`, c: i, on: 3000, off: 5000 })),
};

/** What an engine without a memory can do as well: ten comparisons. */
const stateless = {
  v: 1,
  in: inputs,
  sig: each(channels, (i) => ['in', i]),
  cond: each(channels, (i) => ['hi', i, limit, 0]),
  rule: each(channels, (i) => ({ id: `r${i}`, c: i })),
};

const perSecond = (frames: number, started: number): number =>
  (1000 * frames) / (performance.now() - started);

function replayed(form: unknown, rows: number): number {
  const given = columns(rows);
  const engine = createEngine(form);
  const decisions: RuleDecision[] = [];
  const started = performance.now();
  engine.feedColumns(given, decisions);
  return perSecond(rows, started);
}

/** Frames as objects, one by one, as they come from a unit and as the other engines take them. */
function framesOf(rows: number): Inputs[] {
  const samples = walks(rows);
  return each(rows, (row) => Object.fromEntries(samples.map((column, i) => [`i${i}`, column[row] ?? null])));
}

function fed(form: unknown, rows: number): number {
  const frames = framesOf(rows);
  const engine = createEngine(form);
  const started = performance.now();
  for (const [row, frame] of frames.entries()) engine.feed(1000 * row, frame);
  return perSecond(rows, started);
}

async function withJsonRules(rows: number): Promise<number> {
  const engine = new JsonRules();
  for (let i = 0; i < channels; i += 1) {
    const condition = { fact: `i${i}`, operator: 'greaterThanInclusive', value: limit };
    engine.addRule({ conditions: { all: [condition] }, event: { type: `r${i}` } });
  }
  const frames = framesOf(rows);
  const started = performance.now();
  for (const frame of frames) await engine.run(frame);
  return perSecond(rows, started);
}

function withJsonLogic(rows: number): number {
  const rules = each(channels, (i) => ({ '>=': [{ var: `i${i}` }, limit] }));
  const frames = framesOf(rows);
  const started = performance.now();
  for (const frame of frames) for (const rule of rules) jsonLogic.apply(rule, frame);
  return perSecond(rows, started);
}

const weekRows = 7 * 86_400;

/** The rule engine beside others, in one thread, everything in memory. */
export const ruleFigures: readonly Figure[] = [
  {
    name: '20 stateful rules over 10 inputs (10 ewma, 20 conditions, on- and off-delays), a recording',
    beside: 'the same, frame by frame as objects',
    unit: 'frames/s',
    runs: 5,
    measure: async () => ({ ours: replayed(stateful, 1_000_000), beside: fed(stateful, 300_000) }),
  },
  {
    name: '10 thresholds over 10 inputs',
    beside: 'json-rules-engine',
    unit: 'frames/s',
    runs: 3,
    measure: async () => ({ ours: fed(stateless, 300_000), beside: await withJsonRules(1500) }),
  },
  {
    name: '10 thresholds over 10 inputs',
    beside: 'json-logic-js',
    unit: 'frames/s',
    runs: 3,
    measure: async () => ({ ours: fed(stateless, 300_000), beside: withJsonLogic(50_000) }),
  },
  {
    name: 'a week of 10 channels at 1 Hz through the 20 stateful rules',
    beside: 'through 10 thresholds',
    unit: 's',
    runs: 3,
    measure: async () => ({
      ours: weekRows / replayed(stateful, weekRows),
      beside: weekRows / replayed(stateless, weekRows),
    }),
  },
  ...boardCost(stateful),
];
