import { fromDecimal, type Rational } from '../rational.ts';
import { RequestError } from '../request.ts';

/** What sets the guard band of a rule. */
export type GuardBand =
  /** w = r U; r is given with the request where it is null here. */
  | { kind: 'multiple'; multiple: string | null }
  /** w = n u, whatever k is. */
  | { kind: 'standard'; multiple: string }
  /** w so that the factor x TL is left, by the test uncertainty ratio TL/U. */
  | { kind: 'factor'; factor: 'dobbert-6' | 'root-sum-square' | 'one-less-inverse' }
  /** w = r U, wider where conformity would else not have this probability at the acceptance limit. */
  | { kind: 'probability'; multiple: string; conformance: number };

export interface DecisionRule {
  readonly title: string;
  readonly source: string;
  readonly guardBand: GuardBand;
  /** `binary` says pass or fail; `non-binary` has conditional statements beside the tolerance limit. */
  readonly statements: 'binary' | 'non-binary';
}

const ilac = 'ILAC-G8:09/2019';
const multiple = (r: string | null): GuardBand => ({ kind: 'multiple', multiple: r });
const factor = (name: Extract<GuardBand, { kind: 'factor' }>['factor']): GuardBand => ({
  kind: 'factor',
  factor: name,
});

/**
 * Every decision rule. To add one: one line here.
 *
 * ISO 14253-1:2017 asks for 95 % probability of conformity by default. With one limit near that is w = 1.65 u, which
 * ILAC-G8, table 1, gives as 0.83 U; where the tolerance is so narrow that both limits count, more is needed.
 */
// biome-ignore format: one rule a line
export const decisionRules = {
  simple: { title: 'Simple acceptance', source: `${ilac}, 4.2.1`, guardBand: multiple('0'), statements: 'binary' },
  'guard-band': { title: 'Guard band w = r U', source: `${ilac}, 4.2.2`, guardBand: multiple(null), statements: 'binary' },
  'iso-14253-1': { title: 'ISO 14253-1', source: `ISO 14253-1:2017; ${ilac}, table 1`, guardBand: { kind: 'probability', multiple: '0.83', conformance: 0.95 }, statements: 'binary' },
  'three-sigma': { title: 'Guard band of three standard uncertainties', source: `${ilac}, table 1`, guardBand: { kind: 'standard', multiple: '3' }, statements: 'binary' },
  'non-binary': { title: 'Non-binary statements with guard band w = r U', source: `${ilac}, 4.2.3`, guardBand: multiple(null), statements: 'non-binary' },
  dobbert: { title: 'Guard band by test uncertainty ratio, at most 2 % false accept over all units', source: 'ANSI/NCSL Z540.3 Handbook, method 6 (Dobbert)', guardBand: factor('dobbert-6'), statements: 'binary' },
  rss: { title: 'Guard band by root sum square', source: 'acceptance limit sqrt(TL^2 - U^2)', guardBand: factor('root-sum-square'), statements: 'binary' },
  'one-less-inverse-tur': { title: 'Acceptance limit TL (1 - 1/TUR)', source: 'ANSI/NCSL Z540.3 Handbook, method 5', guardBand: factor('one-less-inverse'), statements: 'binary' },
} as const satisfies Record<string, DecisionRule>;

export type DecisionRuleId = keyof typeof decisionRules;
export const decisionRuleIds = Object.keys(decisionRules).filter(isDecisionRule);

export function isDecisionRule(name: string): name is DecisionRuleId {
  return Object.hasOwn(decisionRules, name);
}

/** A rule as it is agreed: its name, and r of w = r U for the rules that leave it open (1 where left out). */
export interface ChosenRule {
  rule: DecisionRuleId;
  r?: string | undefined;
}

/** r of w = r U for the rules that leave it open. Throws RequestError where r is not one that can be chosen. */
export function checkMultiple({ rule, r }: ChosenRule): Rational | null {
  const { guardBand }: DecisionRule = decisionRules[rule];
  const open = guardBand.kind === 'multiple' && guardBand.multiple === null;
  if (!open && r !== undefined) {
    throw new RequestError('rule.r', `cannot be chosen: ${rule} has a guard band of its own`);
  }
  if (!open) return null;
  const chosen = fromDecimal(r ?? '1');
  if (chosen.over < 0n) throw new RequestError('rule.r', 'must not be below zero');
  return chosen;
}
