import type { Frame, RuleEvent } from '../../shared/contract/devices.ts';
import type { RuleSeen, RunSeen } from '../../shared/contract/lab.ts';
import type { DataFault } from '../../shared/contract/recordings.ts';
import { createLiveFaults, KnownTimes, type LiveFaults } from '../../shared/rules/lab/lab.ts';
import {
  type CompileChannel,
  createEngine,
  type Engine,
  type Insight,
  type RuleDecision,
  readDeviceForm,
} from '../../shared/rules/rules.ts';

/** What a contract's list of events holds. */
const mostRecent = 50;

/** Frames without a gap, decided by an engine that was cold at the first of them. */
interface Stretch {
  from: number;
  to: number;
  /** Until `to`. */
  knew: KnownTimes;
}

export interface ShadowNow {
  frames: number;
  t: number;
  states: Insight['rules'][number]['state'][];
  fires: number[];
  recent: RuleEvent[];
}

/**
 * Rules on a unit's live frames, without any action. When a frame was lost or the unit restarted, the engine starts
 * cold again: it knows no more than what it has seen without a gap.
 */
export class ShadowRun {
  frames = 0;
  /** How often the engine started anew. */
  restarts = 0;
  readonly #form: ReturnType<typeof readDeviceForm>;
  readonly #faults: LiveFaults;
  readonly #recent: RuleEvent[] = [];
  readonly #seen: Omit<RuleSeen, 'saw' | 'known'>[];
  #engine: Engine;
  #last: Frame | null = null;
  #stretch: Stretch | null = null;
  #longest: Stretch | null = null;

  /** Fails with RULES_INVALID, TRIAL_INVALID. */
  constructor(text: string, channels: readonly CompileChannel[], faults: readonly DataFault[]) {
    this.#form = readDeviceForm(text);
    this.#engine = createEngine(this.#form);
    this.#faults = createLiveFaults(faults, channels);
    this.#seen = this.#form.rule.map(() => ({ fired: null, cleared: null, alarms: 0 }));
  }

  frame(frame: Frame): void {
    if (this.#last && frame.seq !== this.#last.seq + 1) this.restart();
    this.#last = frame;
    this.frames += 1;
    const inputs = Object.fromEntries(frame.channels.map(({ id, value }) => [id, value]));
    const put = this.#faults(frame.t, inputs);
    const decided = this.#engine.feed(put.t, put.inputs);
    for (const event of decided) this.#take(frame.seq, event);
    this.#see(put.t);
  }

  /** Something was lost: what comes next is seen by a cold engine. */
  restart(): void {
    if (this.#last === null) return;
    this.restarts += 1;
    this.#last = null;
    this.#endStretch();
    this.#engine = createEngine(this.#form);
  }

  /** Of the longest stretch without a gap, ms. */
  get length(): number {
    const lengths = [this.#longest, this.#stretch].map((one) => (one ? one.to - one.from : 0));
    return Math.max(...lengths);
  }

  now(): ShadowNow {
    const { t, rules } = this.#engine.look();
    return {
      frames: this.frames,
      t: t ?? 0,
      states: rules.map(({ state }) => state),
      fires: this.#seen.map(({ alarms }) => alarms),
      recent: [...this.#recent],
    };
  }

  /**
   * What was seen; the time is that of the longest stretch without a gap, for only of that it is known that a rule
   * held its tongue. Null: no frame came.
   */
  seen(run: Pick<RunSeen, 'origin' | 'name' | 'data' | 'revision' | 'normal'>): RunSeen | null {
    this.#endStretch();
    if (this.#longest === null) return null;
    const { from, to, knew } = this.#longest;
    const known = knew.within(to - from);
    const rules = this.#seen.map((seen, i) => ({ saw: false, ...seen, ...known[i] }));
    return { ...run, from, to, rules };
  }

  #take(seq: number, event: RuleDecision): void {
    const seen = this.#seen[event.rule];
    if (seen && event.kind === 'ON') {
      seen.fired ??= event.t;
      seen.alarms += 1;
    } else if (seen && event.kind !== 'REP') seen.cleared ??= event.t;
    this.#recent.push({ seq, ...event });
    if (this.#recent.length > mostRecent) this.#recent.shift();
  }

  #see(t: number): void {
    this.#stretch ??= { from: t, to: t, knew: new KnownTimes(this.#form.rule.map(({ c }) => c)) };
    this.#stretch.knew.see(t, this.#engine.look());
    this.#stretch.to = Math.max(this.#stretch.to, t);
  }

  #endStretch(): void {
    const stretch = this.#stretch;
    this.#stretch = null;
    if (stretch && (!this.#longest || stretch.to - stretch.from > this.#longest.to - this.#longest.from))
      this.#longest = stretch;
  }
}
