import type { DeviceRule } from './device-form.ts';
import { never } from './nodes.ts';
import type { RuleDecision, RuleMachines } from './rule-machine.ts';

export type Shelve = readonly [rule: number, until: number];

/** The longest shelving where the rule names none: a shift. */
const shelveMax = 28_800_000;

/** A time that is always over. */
const notShelved = Number.NEGATIVE_INFINITY;

/** What was last told outside of a rule. */
const [nothing, on, returned] = [0, 1, 2];

/**
 * What of the rules' decisions is given out. An inhibited or shelved rule runs on, but says nothing; once it may
 * speak again, whoever was told something that is no longer so is told what is.
 */
export class Telling {
  /** When the first shelving ends. */
  due = never;
  readonly #rules: readonly DeviceRule[];
  readonly #machines: RuleMachines;
  readonly #inhibits: boolean;
  readonly #told: Uint8Array;
  /** `notShelved`, else until when. */
  readonly #until: Float64Array;
  /** Groups of which a rule was on or latched at the end of the last pass. */
  readonly #busy = new Set<number>();
  readonly #grouped: boolean;
  #owing = false;

  constructor(rules: readonly DeviceRule[], machines: RuleMachines) {
    this.#rules = rules;
    this.#machines = machines;
    this.#inhibits = rules.some(({ inh }) => inh.length > 0);
    this.#grouped = rules.some(({ grp }) => grp !== undefined);
    this.#told = new Uint8Array(rules.length);
    this.#until = new Float64Array(rules.length).fill(notShelved);
  }

  /** Taken at the beginning of the pass at t. Longer than the rule allows is cut; a time that is over ends it. */
  shelve(t: number, shelves: readonly Shelve[]): void {
    for (const [rule, until] of shelves) {
      const { smax = shelveMax } = this.#rules[rule] ?? {};
      if (this.#rules[rule]) this.#until[rule] = until > t ? Math.min(until, t + smax) : notShelved;
    }
    this.#owing = true;
  }

  /** At the end of the pass at t: gives out what may be told. `ran`: some rule was run. */
  tell(t: number, ran: boolean, out: RuleDecision[]): void {
    const ended = t >= this.due;
    if (!ran && !ended && !this.#owing) return;
    const { decided } = this.#machines;
    if (this.#grouped) this.#markFirst(decided);
    if (!this.#inhibits && !ended && !this.#owing && this.due === never) this.#tellAll(decided, out);
    else this.#tellEach(t, decided, out);
    decided.length = 0;
  }

  /** Nothing is suppressed now: what the rules decided, but for the end of what nobody heard of. */
  #tellAll(decided: readonly RuleDecision[], out: RuleDecision[]): void {
    for (const decision of decided) if (this.#changes(decision)) out.push(decision);
  }

  #tellEach(t: number, decided: readonly RuleDecision[], out: RuleDecision[]): void {
    let next = 0;
    for (let rule = 0; rule < this.#rules.length; rule += 1) {
      const silent = this.#isSuppressed(rule, t);
      for (let one = decided[next]; one?.rule === rule; one = decided[next]) {
        if (!silent && this.#changes(one)) out.push(one);
        next += 1;
      }
      if (!silent) this.#makeUp(rule, t, out);
    }
    this.#owing = false;
    this.#plan();
  }

  #isSuppressed(rule: number, t: number): boolean {
    if (t < (this.#until[rule] as number)) return true;
    this.#until[rule] = notShelved;
    const inhibitors = this.#rules[rule]?.inh ?? [];
    return inhibitors.some((other) => this.#machines.isOn(other));
  }

  /** Whether it is news to whoever hears it. */
  #changes({ rule, kind }: RuleDecision): boolean {
    const told = this.#told[rule] as number;
    if (kind === 'REP') return told === on;
    if (kind === 'RTN' && told !== on) return false;
    const now = kind === 'ON' ? on : kind === 'RTN' ? returned : nothing;
    this.#told[rule] = now;
    return now !== told;
  }

  /** Nobody waits for ever for the end of what was told, and what began in silence is told now. */
  #makeUp(rule: number, t: number, out: RuleDecision[]): void {
    const kind = this.#machines.isOn(rule) ? 'ON' : this.#machines.isLatched(rule) ? 'RTN' : 'OFF';
    const decision: RuleDecision = { t, rule, kind };
    if (this.#changes(decision)) out.push(decision);
  }

  /** First-out: the lowest rule that went on while its group was quiet. One that is not told takes it along. */
  #markFirst(decided: readonly RuleDecision[]): void {
    for (const decision of decided) {
      const group = this.#rules[decision.rule]?.grp;
      if (decision.kind !== 'ON' || group === undefined || this.#busy.has(group)) continue;
      decision.first = true;
      this.#busy.add(group);
    }
    this.#findBusy();
  }

  #findBusy(): void {
    this.#busy.clear();
    for (const [rule, { grp }] of this.#rules.entries()) {
      if (grp !== undefined && (this.#machines.isOn(rule) || this.#machines.isLatched(rule)))
        this.#busy.add(grp);
    }
  }

  #plan(): void {
    let least = never;
    for (const until of this.#until) if (until !== notShelved && until < least) least = until;
    this.due = least;
  }

  told(rule: number): number {
    return this.#told[rule] ?? nothing;
  }

  /** Until when it is shelved; null where it is not. */
  until(rule: number): number | null {
    const until = this.#until[rule] ?? notShelved;
    return until === notShelved ? null : until;
  }

  suppressedAt(rule: number, t: number): boolean {
    const inhibitors = this.#rules[rule]?.inh ?? [];
    return t < (this.#until[rule] ?? notShelved) || inhibitors.some((other) => this.#machines.isOn(other));
  }

  /** What was told and how long it is shelved; `until` is the time left before the first frame. */
  restore(rule: number, told: number, until: number | null, started: boolean): void {
    this.#told[rule] = told;
    this.#until[rule] = until ?? notShelved;
    this.#owing = true;
    this.#findBusy();
    if (started) this.#plan();
  }

  /** The first frame: what was left of shelving begins to run. */
  begin(t: number): void {
    for (let rule = 0; rule < this.#until.length; rule += 1) {
      const left = this.#until[rule] as number;
      if (left !== notShelved) this.#until[rule] = t + Math.min(left, this.#rules[rule]?.smax ?? shelveMax);
    }
    this.#plan();
  }
}
