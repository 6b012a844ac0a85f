import { numberText } from './numbers.ts';
import { type ChosenRule, type DecisionRule, decisionRules } from './rules.ts';
import type { Verdict } from './verdict.ts';

interface Span {
  lower: string | null;
  upper: string | null;
}

/** `-0.04 to 0.04`, `at most 0.04`, `at least -0.04`. */
function spanWords({ lower, upper }: Span): string {
  if (lower === null) return `at most ${upper}`;
  return upper === null ? `at least ${lower}` : `${lower} to ${upper}`;
}

/** Of a normal distribution so far out that nobody knows. */
const leastPercent = 1e-10;

/**
 * Percent to two significant digits, three from 10 % on, rounded up: a risk is not understated. What is computed is
 * good to 1e-10.
 */
export function percentUp(probability: number): string {
  const percent = Math.max(Number((100 * probability).toPrecision(9)), leastPercent);
  const digits = percent < 10 ? 2 : 3;
  const step = 10 ** (Math.floor(Math.log10(percent)) + 1 - digits);
  return numberText(Math.ceil(Number((percent / step).toPrecision(9))) * step, digits);
}

const lead: Record<Verdict, string> = {
  pass: 'Pass',
  fail: 'Fail',
  conditionalPass: 'Conditional pass',
  conditionalFail: 'Conditional fail',
};

interface VerdictFigures {
  error: string;
  acceptance: Span | null;
  tolerance: Span;
  risk: number;
}

/** What was decided about which value against which limits (ISO/IEC 17025:2017, 7.8.6.2 a and b). */
export function verdictWords(
  verdict: Verdict,
  { error, acceptance, tolerance, risk }: VerdictFigures,
): string {
  const limits =
    acceptance === null ? 'no acceptance limits are left' : `acceptance limits ${spanWords(acceptance)}`;
  return (
    `${lead[verdict]}: error ${error}, tolerance ${spanWords(tolerance)}, ${limits}. ` +
    `Probability that the true error lies outside the tolerance: ${percentUp(risk)} %.`
  );
}

interface RuleFigures {
  guardBand: string;
  atLimit: number | null;
  tooUncertain: boolean;
}

/** The rule as agreed and the risk that goes with it (ISO/IEC 17025:2017, 7.8.6.1 and 7.8.6.2 c). */
export function ruleWords(rule: ChosenRule, { guardBand, atLimit, tooUncertain }: RuleFigures): string {
  const { title, source, statements }: DecisionRule = decisionRules[rule.rule];
  const r = rule.rule === 'guard-band' || rule.rule === 'non-binary' ? ` (r = ${rule.r ?? '1'})` : '';
  const passes = statements === 'binary' ? 'is accepted' : 'passes without condition';
  const risk =
    atLimit === null
      ? 'The uncertainty leaves no value that can be accepted.'
      : `A value that ${passes} is out of tolerance with a probability of at most ${percentUp(atLimit)} %.`;
  return [
    `Decision rule: ${title}${r}, ${source}; guard band ${guardBand}.`,
    risk,
    ...(tooUncertain
      ? [
          'The expanded uncertainty is larger than the tolerance allows: only conditional statements are made.',
        ]
      : []),
  ].join(' ');
}
