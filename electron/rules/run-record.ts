import type { RuleEvent } from '../../shared/contract/devices.ts';
import type { RunSeen } from '../../shared/contract/lab.ts';
import type { CompiledRules } from '../../shared/contract/validate.ts';
import { KnownTimes, seenOf } from '../../shared/rules/lab/lab.ts';
import { type Insight, type RuleDecision, readDeviceForm } from '../../shared/rules/rules.ts';

/** Frames of one boot of the unit, and what was decided in them. */
interface Stretch {
  boot: number;
  from: number;
  /** The last frame whose decisions are known: a frame is judged when the next one comes. */
  to: number;
  newest: number;
  events: RuleDecision[];
  /** Until `newest`. */
  knew: KnownTimes;
}

/** Writes down what rules do on a unit's live frames, as evidence: a run for each boot of the unit. */
export class RunRecord {
  readonly #run: Pick<RunSeen, 'origin' | 'revision' | 'normal'>;
  /** Condition of each rule. */
  readonly #conditions: readonly number[];
  readonly #stretches: Stretch[] = [];
  #broken = false;

  constructor({ text, revision }: CompiledRules, run: Pick<RunSeen, 'origin' | 'normal'>) {
    this.#run = { ...run, revision };
    this.#conditions = readDeviceForm(text).rule.map(({ c }) => c);
  }

  frame(t: number, insight: Insight, boot: number): void {
    let stretch = this.#stretches.at(-1);
    if (!stretch || this.#broken || stretch.boot !== boot) {
      stretch = {
        boot,
        from: t,
        to: t,
        newest: t,
        events: [],
        knew: new KnownTimes(this.#conditions),
      };
      this.#stretches.push(stretch);
      this.#broken = false;
    }
    stretch.knew.see(t, insight);
    stretch.to = stretch.newest;
    stretch.newest = t;
  }

  event({ t, rule, kind }: RuleEvent): void {
    const stretch = this.#stretches.at(-1);
    if (stretch && t >= stretch.from) stretch.events.push({ t, rule, kind });
  }

  /** What comes next does not go on from here. */
  break(): void {
    this.#broken = true;
  }

  /** How long the last stretch without a break is, ms. */
  get length(): number {
    const last = this.#stretches.at(-1);
    return last && !this.#broken ? last.to - last.from : 0;
  }

  get alarms(): number {
    return this.#stretches.flatMap(({ events }) => events).filter(({ kind }) => kind === 'ON').length;
  }

  /** `whom`: the unit by its tag, or else its id. */
  runs(whom: string): RunSeen[] {
    return this.#stretches.map(({ boot, from, to, events, knew }) => ({
      ...this.#run,
      name: `${whom}, boot ${boot}`.slice(0, 120),
      data: null,
      from,
      to,
      rules: seenOf(events, knew.within(to - from)),
    }));
  }
}
