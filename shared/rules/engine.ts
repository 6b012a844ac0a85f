import { networkOf } from './batches.ts';
import { checkDeviceForm, type DeviceForm } from './device-form.ts';
import { absent, type Inputs, type Memory, never, type Truth, unknown, yes } from './nodes.ts';
import { type Persisted, readPersisted, writePersisted } from './persist.ts';
import { type RuleDecision, RuleMachines, type RuleState } from './rule-machine.ts';
import { type Parts, readState, writeState } from './state.ts';
import { type Shelve, Telling } from './telling.ts';
import { setClock, weekInput } from './week.ts';

/** Frames as columns, for recordings: by row the time and, by input of `Engine.inputs`, the sample. */
export interface Columns {
  /** Engine ms. */
  times: ArrayLike<number>;
  /** Quanta; NaN is a bad sample, `absent` (infinity) none. A column may be left out. */
  samples: readonly (ArrayLike<number> | undefined)[];
  /** ms since Monday 00:00; NaN: not synchronised, infinity: not said. */
  week?: ArrayLike<number>;
}

/** What an engine holds at this moment. */
export interface Insight {
  /** Of the last pass; null before the first frame. */
  t: number | null;
  signals: (number | null)[];
  conditions: Truth[];
  /** What a condition with a timer or a count remembers, as in a saved state; empty for all others. */
  memories: readonly Memory[];
  rules: {
    state: RuleState;
    /** Since when the on-delay or the off-delay runs. */
    since: number | null;
    /** When the rule moves by itself. */
    due: number | null;
    suppressed: boolean;
  }[];
}

export interface Engine {
  /**
   * One frame: engine time in ms, the inputs that are in it in quanta (null: bad), rules acknowledged, rules shelved
   * until a time. A frame whose time does not increase is refused and counted in `late`.
   */
  feed(
    t: number,
    inputs: Inputs,
    acknowledged?: readonly number[],
    shelves?: readonly Shelve[],
  ): RuleDecision[];
  /** Many frames, from row `from` to before row `to`; decisions are added to `out`. */
  feedColumns(columns: Columns, out: RuleDecision[], from?: number, to?: number): void;
  readonly late: number;
  readonly rules: number;
  /** Names by the index of their column. */
  readonly inputs: readonly string[];
  look(): Insight;
  /** The whole state between two frames, text for text the same as on the unit. */
  save(): string;
  /** Fails with RULES_INVALID where the state is one of other rules; the engine is of no use then. */
  restore(state: string): void;
  /** What outlives a reboot. */
  persist(): Persisted;
  /** Takes it into a cold engine, before the first frame. Fails with RULES_INVALID. */
  boot(records: unknown): void;
}

/**
 * The rule engine, decision for decision the one on the unit (`resources/agent/plumbline/rules.py`). Integers only;
 * the one division is Math.floor(a / b). Starts cold. `rev` names the rules in a saved state. Fails with RULES_INVALID.
 */
export function createEngine(deviceForm: unknown, { rev = null }: { rev?: string | null } = {}): Engine {
  return new RuleEngine(checkDeviceForm(deviceForm), rev);
}

const nobody: readonly number[] = [];
const noShelves: readonly Shelve[] = [];

/** Rows of columns that are turned into frames at once: what fits into the processor's nearest memory. */
const blockRows = 128;
const nothing: ArrayLike<number> = [];

/** Operators of conditions that count or wait. */
const timed = new Set<unknown>(['stuck', 'anom', 'cnt', 'then', 'miss']);
const noMemory: Memory = [];

function scatter(
  column: ArrayLike<number>,
  start: number,
  rows: number,
  into: Float64Array,
  at: number,
  step: number,
): void {
  for (let row = 0; row < rows; row += 1) into[at + row * step] = column[start + row] ?? absent;
}

class RuleEngine implements Engine {
  readonly inputs: readonly string[];
  readonly #parts: Parts;
  /** Samples of a frame, and those of a pass between two frames. */
  readonly #samples: Float64Array;
  readonly #none: Float64Array;
  #block: Float64Array | null = null;
  #due = never;

  constructor(form: DeviceForm, rev: string | null) {
    const network = networkOf(form);
    const machines = new RuleMachines(form.rule, network.board);
    const telling = new Telling(form.rule, machines);
    this.#parts = { form, rev, network, machines, telling, now: Number.NaN, late: 0 };
    this.inputs = form.in.map(([name]) => name);
    this.#samples = new Float64Array(form.in.length);
    this.#none = new Float64Array(form.in.length).fill(absent);
  }

  get late(): number {
    return this.#parts.late;
  }

  get rules(): number {
    return this.#parts.form.rule.length;
  }

  feed(
    t: number,
    inputs: Inputs,
    acknowledged: readonly number[] = nobody,
    shelves: readonly Shelve[] = noShelves,
  ): RuleDecision[] {
    const out: RuleDecision[] = [];
    if (!this.#reach(t, out)) return out;
    for (let i = 0; i < this.inputs.length; i += 1) {
      const x = inputs[this.inputs[i] as string];
      this.#samples[i] = x === undefined ? absent : (x ?? Number.NaN);
    }
    const week = inputs[weekInput];
    if (week !== undefined) setClock(this.#parts.network.board.clock, week, t);
    if (shelves.length > 0) this.#parts.telling.shelve(t, shelves);
    this.#pass(t, this.#samples, 0, acknowledged, out);
    return out;
  }

  feedColumns(
    { times, samples, week }: Columns,
    out: RuleDecision[],
    from = 0,
    to: number = times.length,
  ): void {
    const { clock } = this.#parts.network.board;
    const { length } = this.inputs;
    for (let start = from; start < to; start += blockRows) {
      const rows = Math.min(blockRows, to - start);
      const block = this.#transpose(samples, start, rows);
      for (let row = 0; row < rows; row += 1) {
        const t = times[start + row] as number;
        if (!this.#reach(t, out)) continue;
        const said = week?.[start + row] ?? absent;
        if (said !== absent) setClock(clock, Number.isNaN(said) ? null : said, t);
        this.#pass(t, block, row * length, nobody, out);
      }
    }
  }

  /** Rows of samples one after another, as a pass reads them. */
  #transpose(samples: Columns['samples'], start: number, rows: number): Float64Array {
    const { length } = this.inputs;
    this.#block ??= new Float64Array(blockRows * length);
    for (let i = 0; i < length; i += 1) scatter(samples[i] ?? nothing, start, rows, this.#block, i, length);
    return this.#block;
  }

  /** Samples at t come before timers due at t, but after all timers due earlier. False: a frame that is late. */
  #reach(t: number, out: RuleDecision[]): boolean {
    const parts = this.#parts;
    if (t <= parts.now || !Number.isSafeInteger(t)) {
      parts.late += 1;
      return false;
    }
    if (Number.isNaN(parts.now)) parts.telling.begin(t);
    while (this.#due < t) this.#pass(this.#due, this.#none, 0, nobody, out);
    return true;
  }

  #pass(
    t: number,
    samples: Float64Array,
    row: number,
    acknowledged: readonly number[],
    out: RuleDecision[],
  ): void {
    const { network, machines, telling } = this.#parts;
    const { board, batches } = network;
    this.#parts.now = t;
    board.samples = samples;
    board.row = row;
    let due = never;
    for (let i = 0; i < batches.length; i += 1) {
      const batch = batches[i] as (typeof batches)[number];
      batch.run(t);
      if (batch.due < due) due = batch.due;
    }
    const ran = machines.run(t, acknowledged);
    telling.tell(t, ran, out);
    this.#due = Math.min(due, machines.due, telling.due);
  }

  look(): Insight {
    const { network, machines, telling, now, form } = this.#parts;
    const { value, truth } = network.board;
    const t = Number.isNaN(now) ? null : now;
    return {
      t,
      signals: Array.from(value, (x) => (Number.isNaN(x) ? null : x)),
      conditions: Array.from(truth, (one) => (one === unknown ? null : one === yes ? 1 : 0)),
      memories: network.conditions.map(({ batch, place }, i) =>
        timed.has(form.cond[i]?.[0]) ? batch.save(place) : noMemory,
      ),
      rules: form.rule.map((_, i) => ({
        ...machines.look(i),
        suppressed: t !== null && telling.suppressedAt(i, t),
      })),
    };
  }

  save(): string {
    return writeState(this.#parts);
  }

  restore(state: string): void {
    readState(this.#parts, state);
    const { network, machines, telling, now } = this.#parts;
    const dues = network.batches.map(({ due }) => due);
    this.#due = Number.isNaN(now) ? never : Math.min(...dues, machines.due, telling.due);
  }

  persist(): Persisted {
    return writePersisted(this.#parts);
  }

  boot(records: unknown): void {
    readPersisted(this.#parts, records);
  }
}
