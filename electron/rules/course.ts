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

/**
 * Rules that no set point tells to hold: one sensor against another, what changes, what follows or stays away. All of a
 * unit's channels showing the set point is no picture of those, so that they have to be seen.
 */
export const unforeseenBy = (places: readonly ReadonlySet<number>[], rules: number): ReadonlySet<number> =>
  new Set(
    Array.from({ length: rules }, (_, rule) => rule).filter(
      (rule) => !places.some((holding) => holding.has(rule)),
    ),
  );

/**
 * Whether something that is not yet proven is sure to be seen where `holding` hold: a firing, or a clearing after it.
 * Of rules of `unforeseen` nothing is sure.
 */
export const isAwaited = (
  evidence: readonly RuleEvidence[],
  holding: ReadonlySet<number>,
  unforeseen: ReadonlySet<number>,
): boolean =>
  evidence.some(
    ({ fired, cleared }, rule) =>
      !unforeseen.has(rule) && (holding.has(rule) ? fired === null : fired !== null && cleared === null),
  );

/** Whether a rule of `unforeseen` is not yet proven: it may show itself anywhere. */
export const isOpen = (evidence: readonly RuleEvidence[], unforeseen: ReadonlySet<number>): boolean =>
  evidence.some(({ cleared }, rule) => cleared === null && unforeseen.has(rule));

/** The next place, after `from` and round in a circle, where something may be seen; null where there is none. */
export function nextPlace(
  places: readonly ReadonlySet<number>[],
  from: number,
  evidence: readonly RuleEvidence[],
  unforeseen: ReadonlySet<number>,
): number | null {
  const anywhere = isOpen(evidence, unforeseen);
  const order = places.map((_, step) => (from + 1 + step) % places.length);
  const seenAt = (place: number): boolean => isAwaited(evidence, places[place] ?? new Set(), unforeseen);
  return order.find((place) => anywhere || seenAt(place)) ?? null;
}
