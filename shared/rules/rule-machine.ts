import type { RuleEvent } from '../contract/devices.ts';
import type { DeviceRule } from './device-form.ts';
import type { Condition } from './nodes.ts';

export interface RuleDecision {
  /** Logical time of the decision, engine ms. */
  t: number;
  rule: number;
  kind: RuleEvent['kind'];
}

/**
 * One rule: NORMAL, PENDING (on-delay), ACTIVE, CLEARING (off-delay), LATCHED (normal again, not yet acknowledged).
 * Times compare with >=; a re-alarm is repeated at most `rn` times, while CLEARING too.
 */
export class RuleMachine {
  due: number | null = null;
  readonly #index: number;
  readonly #condition: Condition;
  readonly #rule: DeviceRule;
  #state: 'normal' | 'pending' | 'active' | 'clearing' | 'latched' = 'normal';
  #last: 0 | 1 = 0;
  #since = 0;
  #reminderAt = 0;
  #remindersLeft = 0;

  constructor(index: number, condition: Condition, rule: DeviceRule) {
    this.#index = index;
    this.#condition = condition;
    this.#rule = rule;
  }

  run(t: number, acknowledged: readonly number[], out: RuleDecision[]): void {
    const decide = (kind: RuleDecision['kind']): void => {
      out.push({ t, rule: this.#index, kind });
    };
    if (this.#state === 'latched' && acknowledged.includes(this.#index)) {
      this.#state = 'normal';
      decide('OFF');
    }
    if (this.#holds()) this.#hold(t, decide);
    else this.#drop(t, decide);
    if (this.#remindersLeft > 0 && this.#isOn() && t >= this.#reminderAt) {
      this.#remindersLeft -= 1;
      this.#reminderAt = t + this.#rule.rep;
      decide('REP');
    }
    this.due = this.#nextMoment();
  }

  #isOn(): boolean {
    return this.#state === 'active' || this.#state === 'clearing';
  }

  #holds(): boolean {
    const { value } = this.#condition;
    if (value === null) return (this.#rule.unk === 2 ? this.#last : this.#rule.unk) === 1;
    this.#last = value;
    return value === 1;
  }

  #hold(t: number, decide: (kind: 'ON') => void): void {
    if (this.#state === 'normal') {
      this.#state = 'pending';
      this.#since = t;
    }
    if (this.#state === 'clearing') this.#state = 'active';
    const waited = this.#state === 'pending' && t - this.#since >= this.#rule.on;
    if (this.#state !== 'latched' && !waited) return;
    this.#state = 'active';
    this.#remindersLeft = this.#rule.rep > 0 ? this.#rule.rn : 0;
    this.#reminderAt = t + this.#rule.rep;
    decide('ON');
  }

  #drop(t: number, decide: (kind: 'OFF' | 'RTN') => void): void {
    if (this.#state === 'pending') this.#state = 'normal';
    if (this.#state === 'active') {
      this.#state = 'clearing';
      this.#since = t;
    }
    if (this.#state !== 'clearing' || t - this.#since < this.#rule.off) return;
    const latches = this.#rule.latch === 1;
    this.#state = latches ? 'latched' : 'normal';
    decide(latches ? 'RTN' : 'OFF');
  }

  #nextMoment(): number | null {
    const moments: number[] = [];
    if (this.#state === 'pending') moments.push(this.#since + this.#rule.on);
    if (this.#state === 'clearing') moments.push(this.#since + this.#rule.off);
    if (this.#remindersLeft > 0 && this.#isOn()) moments.push(this.#reminderAt);
    return moments.length === 0 ? null : Math.min(...moments);
  }
}
