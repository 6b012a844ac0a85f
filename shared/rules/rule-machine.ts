import type { RuleEvent } from '../contract/devices.ts';
import type { DeviceRule } from './device-form.ts';
import { type Board, type Memory, never, no, StateError, unknown, yes } from './nodes.ts';

export interface RuleDecision {
  /** Logical time of the decision, engine ms. */
  t: number;
  rule: number;
  kind: RuleEvent['kind'];
  /** The first of its group: before it no rule of the group was on or waited for an acknowledgement. */
  first?: true;
}

export const states = ['NORMAL', 'PENDING', 'ACTIVE', 'CLEARING', 'LATCHED'] as const;
export type RuleState = (typeof states)[number];
const [normal, pending, active, clearing, latched] = [0, 1, 2, 3, 4];

/** How a rule starts: as usual; waiting for a definite false (`edge`); ACTIVE before a reboot, nothing definite yet. */
const [warm, unarmed, carried] = [0, 1, 2];
/** No truth: the machine runs whatever the condition is. */
const unseen = 3;

/**
 * The machines of all rules: NORMAL, PENDING (on-delay), ACTIVE, CLEARING (off-delay), LATCHED (normal again, not yet
 * acknowledged). Times compare with >=; a re-alarm is repeated at most `rn` times, while CLEARING too.
 */
export class RuleMachines {
  /** Earliest moment at which a rule moves by itself. */
  due = never;
  /** What the rules decided in this pass, in rule order. */
  readonly decided: RuleDecision[] = [];
  readonly #rules: readonly DeviceRule[];
  readonly #board: Pick<Board, 'truth' | 'moved'>;
  readonly #condition: Int32Array;
  readonly #state: Uint8Array;
  readonly #last: Uint8Array;
  readonly #seen: Uint8Array;
  readonly #start: Uint8Array;
  readonly #since: Float64Array;
  readonly #reminderAt: Float64Array;
  readonly #remindersLeft: Uint16Array;
  readonly #dues: Float64Array;

  constructor(rules: readonly DeviceRule[], board: Pick<Board, 'truth' | 'moved'>) {
    const { length } = rules;
    this.#rules = rules;
    this.#board = board;
    this.#condition = Int32Array.from(rules, ({ c }) => c);
    this.#state = new Uint8Array(length);
    this.#last = new Uint8Array(length);
    this.#seen = new Uint8Array(length).fill(unseen);
    this.#start = Uint8Array.from(rules, ({ edge }) => (edge === 1 ? unarmed : warm));
    this.#since = new Float64Array(length);
    this.#reminderAt = new Float64Array(length);
    this.#remindersLeft = new Uint16Array(length);
    this.#dues = new Float64Array(length).fill(never);
  }

  /**
   * Runs those that something can move: another truth of their condition, their own time, an acknowledgement. True
   * where one was run.
   */
  run(t: number, acknowledged: readonly number[]): boolean {
    const all = acknowledged.length > 0;
    if (!this.#board.moved && !all && t < this.due) return false;
    this.#board.moved = false;
    const condition = this.#condition;
    const { truth } = this.#board;
    const seen = this.#seen;
    const dues = this.#dues;
    let ran = false;
    for (let i = 0; i < condition.length; i += 1) {
      if (!all && truth[condition[i] as number] === seen[i] && t < (dues[i] as number)) continue;
      this.#run(i, t, acknowledged);
      ran = true;
    }
    if (ran) this.#plan();
    return ran;
  }

  state(i: number): number {
    return this.#state[i] ?? normal;
  }

  isOn(i: number): boolean {
    return this.#state[i] === active || this.#state[i] === clearing;
  }

  isLatched(i: number): boolean {
    return this.#state[i] === latched;
  }

  /** As it was before a reboot: ACTIVE keeps on until its condition is definitely false. */
  boot(i: number, state: 'ACTIVE' | 'LATCHED'): void {
    this.#state[i] = state === 'ACTIVE' ? active : latched;
    if (state === 'LATCHED') return;
    this.#start[i] = carried;
    this.#last[i] = 1;
  }

  look(i: number): { state: RuleState; since: number | null; due: number | null } {
    const waits = this.#state[i] === pending || this.#state[i] === clearing;
    const due = this.#dues[i] ?? never;
    return {
      state: states[this.state(i)] ?? 'NORMAL',
      since: waits ? (this.#since[i] ?? 0) : null,
      due: due === never ? null : due,
    };
  }

  #run(i: number, t: number, acknowledged: readonly number[]): void {
    const rule = this.#rules[i] as DeviceRule;
    const holds = this.#holds(i, rule);
    if (this.#state[i] === latched && acknowledged.includes(i)) {
      this.#state[i] = normal;
      this.#decide(i, t, 'OFF');
    }
    if (holds) this.#hold(i, t, rule);
    else this.#drop(i, t, rule);
    if (this.#isRepeating(i) && t >= (this.#reminderAt[i] as number)) {
      this.#remindersLeft[i] = (this.#remindersLeft[i] as number) - 1;
      this.#reminderAt[i] = t + rule.rep;
      this.#decide(i, t, 'REP');
    }
    this.#dues[i] = this.#nextMoment(i, rule);
  }

  #holds(i: number, { unk }: DeviceRule): boolean {
    const truth = this.#board.truth[this.#condition[i] as number] as number;
    this.#seen[i] = truth;
    if (truth !== unknown) this.#last[i] = truth;
    const start = this.#start[i];
    if (start === unarmed) {
      if (truth === no) this.#start[i] = warm;
      return false;
    }
    if (start === carried) {
      if (truth === unknown) return true;
      this.#start[i] = warm;
    }
    if (truth !== unknown) return truth === yes;
    return (unk === 2 ? this.#last[i] : unk) === 1;
  }

  #hold(i: number, t: number, { on, rep, rn }: DeviceRule): void {
    if (this.#state[i] === normal) {
      this.#state[i] = pending;
      this.#since[i] = t;
    }
    if (this.#state[i] === clearing) this.#state[i] = active;
    const waited = this.#state[i] === pending && t - (this.#since[i] as number) >= on;
    if (this.#state[i] !== latched && !waited) return;
    this.#state[i] = active;
    this.#remindersLeft[i] = rep > 0 ? rn : 0;
    this.#reminderAt[i] = t + rep;
    this.#decide(i, t, 'ON');
  }

  #drop(i: number, t: number, { off, latch }: DeviceRule): void {
    if (this.#state[i] === pending) this.#state[i] = normal;
    if (this.#state[i] === active) {
      this.#state[i] = clearing;
      this.#since[i] = t;
    }
    if (this.#state[i] !== clearing || t - (this.#since[i] as number) < off) return;
    this.#state[i] = latch === 1 ? latched : normal;
    this.#decide(i, t, latch === 1 ? 'RTN' : 'OFF');
  }

  #decide(rule: number, t: number, kind: RuleDecision['kind']): void {
    this.decided.push({ t, rule, kind });
  }

  #isRepeating(i: number): boolean {
    return (this.#remindersLeft[i] as number) > 0 && this.isOn(i);
  }

  #nextMoment(i: number, { on, off }: DeviceRule): number {
    const state = this.#state[i];
    const since = this.#since[i] as number;
    const moves = state === pending ? since + on : state === clearing ? since + off : never;
    return this.#isRepeating(i) ? Math.min(moves, this.#reminderAt[i] as number) : moves;
  }

  #plan(): void {
    let least = never;
    for (let i = 0; i < this.#dues.length; i += 1) {
      const due = this.#dues[i] as number;
      if (due < least) least = due;
    }
    this.due = least;
  }

  /** State, last definite truth, start, since, reminder, reminders left; times that mean nothing are 0. */
  save(i: number): { machine: Memory; start: number; times: Memory } {
    const waits = this.#state[i] === pending || this.#state[i] === clearing;
    const repeats = this.#isRepeating(i);
    return {
      machine: [this.state(i), this.#last[i] ?? 0],
      start: this.#start[i] ?? warm,
      times: [
        waits ? (this.#since[i] ?? 0) : 0,
        repeats ? (this.#reminderAt[i] ?? 0) : 0,
        repeats ? (this.#remindersLeft[i] ?? 0) : 0,
      ],
    };
  }

  /** Throws StateError. */
  restore(i: number, [state, last, start, since, reminderAt, left]: Memory): void {
    if (!(Number(state) >= normal && Number(state) <= latched))
      throw new StateError('a rule has no such state');
    this.#state[i] = state ?? normal;
    this.#last[i] = last ?? 0;
    this.#start[i] = start ?? warm;
    this.#since[i] = since ?? 0;
    this.#reminderAt[i] = reminderAt ?? 0;
    this.#remindersLeft[i] = left ?? 0;
    this.#seen[i] = unseen;
    this.#board.moved = true;
    this.#dues[i] = this.#nextMoment(i, this.#rules[i] as DeviceRule);
    this.#plan();
  }
}
