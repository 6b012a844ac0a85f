import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { conditionOperators } from './conditions.ts';
import { checkDeviceForm, type DeviceForm } from './device-form.ts';
import type { Condition, Inputs, Nodes, Signal } from './nodes.ts';
import type { Operator } from './operator.ts';
import { type RuleDecision, RuleMachine } from './rule-machine.ts';
import { signalOperators } from './signals.ts';

export interface Engine {
  /**
   * One frame: engine time in ms, the inputs that are in it in quanta (null: bad), rules acknowledged.
   * A frame whose time does not increase is refused and counted in `late`.
   */
  feed(t: number, inputs: Inputs, acknowledged?: readonly number[]): RuleDecision[];
  readonly late: number;
  readonly rules: number;
}

/** Differences of differences grow; beyond this, sums and products would no longer be exact in 53 bits. */
const magnitudeMax = 2 ** 36;

function pick<T>(many: readonly T[], index: number, what: string): T {
  const found = many[index];
  if (found === undefined) throw new Failure('RULES_INVALID', { detail: `there is no ${what} ${index}` });
  return found;
}

/** Makes one node; what is wrong with its entry is said with its place. */
function build<Made>(
  table: ReadonlyMap<string, Operator<Made>>,
  entry: readonly unknown[],
  nodes: Nodes,
  place: string,
): Made {
  const name = String(entry[0]);
  const operator = table.get(name);
  if (!operator) throw new Failure('RULES_INVALID', { detail: `${place}: unknown operator ${name}` });
  try {
    return operator.make(entry, nodes);
  } catch (thrown) {
    if (!(thrown instanceof z.ZodError)) throw thrown;
    throw new Failure('RULES_INVALID', { detail: `${place}: the arguments of ${name} do not fit` });
  }
}

function nodesOf(form: DeviceForm): { signals: Signal[]; conditions: Condition[] } {
  const signals: Signal[] = [];
  const conditions: Condition[] = [];
  const nodes: Nodes = {
    input: (index) => pick(form.in, index, 'input'),
    signal: (index) => pick(signals, index, 'signal'),
    condition: (index) => pick(conditions, index, 'condition'),
  };
  for (const [index, entry] of form.sig.entries()) {
    const signal = build(signalOperators, entry, nodes, `signal ${index}`);
    if (signal.top > magnitudeMax) {
      throw new Failure('RULES_INVALID', { detail: `signal ${index}: difference of too many differences` });
    }
    signals.push(signal);
  }
  for (const [index, entry] of form.cond.entries()) {
    conditions.push(build(conditionOperators, entry, nodes, `condition ${index}`));
  }
  return { signals, conditions };
}

/**
 * The rule engine, decision for decision the one on the unit (`resources/agent/plumbline/rules.py`). Integers only;
 * the one division is Math.floor(a / b). Starts cold. Fails with RULES_INVALID.
 */
export function createEngine(deviceForm: unknown): Engine {
  const form = checkDeviceForm(deviceForm);
  const { signals, conditions } = nodesOf(form);
  const machines = form.rule.map(
    (rule, index) => new RuleMachine(index, pick(conditions, rule.c, 'condition'), rule),
  );
  const timed: { due: number | null }[] = [...signals, ...conditions, ...machines];
  let now: number | null = null;
  let late = 0;

  const step = (t: number, inputs: Inputs, acknowledged: readonly number[], out: RuleDecision[]): void => {
    now = t;
    for (const signal of signals) signal.run(t, inputs);
    for (const condition of conditions) condition.run(t);
    for (const machine of machines) machine.run(t, acknowledged, out);
  };
  const nextDue = (): number =>
    timed.reduce((least, { due }) => (due === null ? least : Math.min(least, due)), Number.POSITIVE_INFINITY);

  return {
    rules: machines.length,
    get late() {
      return late;
    },
    feed(t, inputs, acknowledged = []) {
      const out: RuleDecision[] = [];
      if (now !== null && t <= now) {
        late += 1;
        return out;
      }
      // Samples at t come before timers due at t, but after all timers due earlier.
      for (let due = nextDue(); due < t; due = nextDue()) step(due, {}, [], out);
      step(t, inputs, acknowledged, out);
      return out;
    },
  };
}
