import type { RuleEvidence } from '../../shared/contract/validate.ts';
import { type CompileChannel, createEngine, readDeviceForm } from '../../shared/rules/rules.ts';
import { nearestQuanta } from '../../shared/units/units.ts';

/** Which rules hold at a set point: their conditions alone, without delays, in a cold engine. */
export function rulesHoldingAt(
  setPoint: string,
  text: string,
  channels: readonly CompileChannel[],
): ReadonlySet<number> {
  const form = readDeviceForm(text);
  const atOnce = { ...form, rule: form.rule.map((rule) => ({ ...rule, on: 0, off: 0, rep: 0 })) };
  const inputs = channels.map(({ id, quantum }) => [id, nearestQuanta(setPoint, quantum)] as const);
  const decisions = createEngine(atOnce).feed(0, Object.fromEntries(inputs));
  return new Set(decisions.map(({ rule }) => rule));
}

/** Whether something that is not yet proven can be seen where `holding` hold: a firing, or a clearing after it. */
export const isAwaited = (evidence: readonly RuleEvidence[], holding: ReadonlySet<number>): boolean =>
  evidence.some(({ fired, cleared }, rule) =>
    holding.has(rule) ? fired === null : fired !== null && cleared === null,
  );

/** The next place, after `from` and round in a circle, where something is awaited; null where there is none. */
export function nextPlace(
  places: readonly ReadonlySet<number>[],
  from: number,
  evidence: readonly RuleEvidence[],
): number | null {
  const order = places.map((_, step) => (from + 1 + step) % places.length);
  return order.find((place) => isAwaited(evidence, places[place] ?? new Set())) ?? null;
}
