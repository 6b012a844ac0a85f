import type { Row } from '../decompile.ts';
import type { DeviceForm, DeviceRule } from '../device-form.ts';
import type { Insight } from '../engine.ts';
import type { RuleDecision } from '../rule-machine.ts';

/** A frame as the replay saw it. `samples`: by input of the form; undefined: none, null: bad. */
export interface Watched {
  t: number;
  /** Just before it, with what timers had done by then. */
  before: Insight;
  samples: readonly (number | null | undefined)[];
  week: number | null | undefined;
  insight: Insight;
  decided: readonly RuleDecision[];
}

/** What is known of a node: the time from which nothing in it can come from before the recording. */
interface Known {
  since: number | null;
  /** Time of its first sample after its source was known, and the last one. */
  first: number | null;
  last: number | null;
}

/** What is known of a rule's machine. */
interface Machine {
  since: number | null;
  /** Since when its condition has been true, or false, without a break. */
  held: number | null;
  calm: number | null;
  /** It was false once: a rule that waits for a crossing may fire now. */
  armed: boolean;
  /** It is on, or was. */
  fired: boolean;
}

const blank = (): Known => ({ since: null, first: null, last: null });
const number = (row: Row, at: number): number => Number(row[at]);
const refs = (row: Row): number[] => [row[1], row[2]].map(Number);

/**
 * From when on a replay that starts cold in the middle of a unit's life holds what the unit holds, by rule. It follows
 * how each operator forgets: a window is new after its span, a dead-band is left, a delay has run out. A smoothed value
 * and what was learned as usual are never quite forgotten, and a rule on them never settles.
 */
export class Settling {
  readonly #form: DeviceForm;
  readonly #signals: Known[];
  readonly #conditions: Known[];
  readonly #rules: Machine[];
  #start: number | null = null;
  #clock: number | null = null;

  constructor(form: DeviceForm) {
    this.#form = form;
    this.#signals = form.sig.map(blank);
    this.#conditions = form.cond.map(blank);
    this.#rules = form.rule.map(({ edge }) => ({
      since: null,
      held: null,
      calm: null,
      armed: edge === 0,
      fired: false,
    }));
  }

  /** By rule; null: not yet. */
  get since(): (number | null)[] {
    return this.#rules.map(({ since }) => since);
  }

  frame(frame: Watched): void {
    this.#start ??= frame.t;
    if (frame.week !== undefined) this.#clock ??= frame.t;
    const fresh: boolean[] = [];
    for (const [s, row] of (this.#form.sig as Row[]).entries()) {
      fresh.push(this.#isFresh(row, fresh, frame, s));
      const own = this.#signals[s];
      if (own && own.since === null && this.#signalSettles(row, own, frame, fresh[s] === true)) {
        own.since = frame.t;
      }
    }
    for (const [c, row] of (this.#form.cond as Row[]).entries()) {
      const own = this.#conditions[c];
      if (own && own.since === null && this.#conditionSettles(row, own, frame, fresh)) own.since = frame.t;
    }
    for (const [r, rule] of this.#form.rule.entries()) this.#ruleSettles(rule, r, frame);
  }

  #isFresh(row: Row, fresh: readonly boolean[], { samples, insight }: Watched, s: number): boolean {
    if (row[0] === 'in') return typeof samples[number(row, 1)] === 'number';
    if (row[0] !== 'diff') return fresh[number(row, 1)] === true;
    return insight.signals[s] !== null && refs(row).some((one) => fresh[one]);
  }

  #signalSettles(row: Row, own: Known, { t, samples }: Watched, fresh: boolean): boolean {
    switch (row[0]) {
      case 'in': {
        const stale = this.#form.in[number(row, 1)]?.[1] ?? 0;
        const silent = stale > 0 && t - (this.#start ?? t) >= stale;
        return samples[number(row, 1)] !== undefined || silent;
      }
      case 'diff':
        return refs(row).every((one) => this.#signals[one]?.since !== null);
      case 'ewma':
        return false;
      default:
        return fresh && this.#lasted(this.#signals[number(row, 1)], t, number(row, 2), own);
    }
  }

  /** A source has been known for as long as the window reaches back. */
  #lasted(source: Known | undefined, t: number, span: number, own: Known): boolean {
    if (source?.since == null) return false;
    own.first ??= t;
    return t - own.first >= span;
  }

  #conditionSettles(row: Row, own: Known, frame: Watched, fresh: readonly boolean[]): boolean {
    const { t, insight } = frame;
    switch (row[0]) {
      case 'week':
        return this.#clock !== null;
      case 'not':
        return this.#conditions[number(row, 1)]?.since != null;
      case 'nof':
        return (row[2] as number[]).every((one) => this.#conditions[one]?.since != null);
      case 'cnt':
        return this.#lasted(this.#conditions[number(row, 1)], t, number(row, 3), own);
      case 'then':
      case 'miss': {
        if (refs(row).some((one) => this.#conditions[one]?.since == null)) return false;
        own.first ??= t;
        const second = insight.conditions[number(row, 2)];
        return row[0] === 'miss' ? second === 1 : second !== 1 && t - own.first > number(row, 3);
      }
      default: {
        const signal = number(row, 1);
        if (this.#signals[signal]?.since == null) return false;
        const x = insight.signals[signal] ?? null;
        return onSignal(row, own, { t, x, fresh: fresh[signal] === true });
      }
    }
  }

  #ruleSettles(rule: DeviceRule, r: number, { t, before, insight, decided }: Watched): void {
    const own = this.#rules[r];
    if (!own || own.since !== null || this.#conditions[rule.c]?.since == null) return;
    const [was, is] = [before.conditions[rule.c], insight.conditions[rule.c]];
    // Only what is definitely so moves every machine, whatever its rule says of the unknown, also after a reboot.
    own.held = is === 1 ? ((was === 1 ? own.held : null) ?? t) : null;
    own.calm = is === 0 ? ((was === 0 ? own.calm : null) ?? t) : null;
    const ended =
      own.fired && decided.some((one) => one.rule === r && (one.kind === 'OFF' || one.kind === 'RTN'));
    own.fired ||= own.armed && own.held !== null && t - own.held >= rule.on;
    own.armed ||= own.calm !== null;
    const calm = rule.latch === 0 && own.calm !== null && t - own.calm >= rule.off;
    // Reminders of an alarm that was on before run to another time.
    const on = own.fired && rule.rep === 0;
    const speaks =
      insight.rules[r]?.suppressed === false && rule.inh.every((one) => this.#rules[one]?.since != null);
    if (speaks && (on || ended || calm)) own.since = t;
  }
}

interface Sample {
  t: number;
  x: number | null;
  fresh: boolean;
}

/** Conditions on a signal that is known. */
function onSignal(row: Row, own: Known, { t, x, fresh }: Sample): boolean {
  if (row[0] === 'bad') return true;
  const before = own.last;
  if (fresh) own.last = x;
  switch (row[0]) {
    case 'hi':
      return x === null || (fresh && (x >= number(row, 2) || x < number(row, 2) - number(row, 3)));
    case 'lo':
      return x === null || (fresh && (x <= number(row, 2) || x > number(row, 2) + number(row, 3)));
    case 'out': {
      const [low, high, band] = [number(row, 2), number(row, 3), number(row, 4)];
      if (x === null) return true;
      return fresh && (x < low || x > high || (x >= low + band && x <= high - band));
    }
    case 'stuck':
      // Wherever the anchor was, within the tolerance of the sample before: this one is beyond it.
      return x === null || (fresh && before !== null && Math.abs(x - before) > 2 * number(row, 2));
    case 'roc':
      if (fresh) own.first ??= t;
      return fresh && own.first !== null && t - own.first >= number(row, 3);
    default:
      return false;
  }
}
