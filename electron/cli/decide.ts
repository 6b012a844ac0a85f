import { z } from 'zod';
import { type DecisionAnswer, decisionAnswer, decisionRules } from '../../shared/metrology/metrology.ts';
import { requestCommand } from './request.ts';

const rules = Object.entries(decisionRules).map(
  ([name, { title, source }]) => `  ${name.padEnd(21)} ${title} (${source})`,
);

const help = `The request is a JSON object. Numbers are decimal text, or JSON numbers, which are read by their source text.
A member that is unknown or wrong is named, and the command ends with 2.

  {"error": "0.021", "expandedUncertainty": "0.010", "coverageFactor": "2",
   "tolerance": {"symmetric": "0.050"}, "rule": {"rule": "guard-band", "r": "1"}}

  coverageFactor   k of U; 2 where left out
  tolerance        "0.050" or {"symmetric": "0.050"}: both sides; {"lower": "-0.02", "upper": "0.05"}: each for
                   itself, null where there is none
  rule             a name below, or {"rule": name, "r": "..."}; r of w = r U for guard-band and non-binary, 1 where left out
  process          {"inTolerance": "0.95"} or {"standardDeviation": "...", "mean": "0"}: how such units are spread
                   before the calibration; adds the risk over all of them

Answer:
  {"verdict": "pass|conditionalPass|conditionalFail|fail", "acceptance": {"lower": "...", "upper": "..."},
   "tolerance": {...}, "guardBand": "...", "testUncertaintyRatio": "...", "conformanceProbability": "...",
   "specificRisk": "...", "riskAtAcceptanceLimit": "...", "statement": "...", "ruleStatement": "...", "global": {...}}
  acceptance             limits of the error, exact; a value on a limit passes; null where nothing can be accepted
  guardBand              w, exact; rounded up where it does not end in decimals
  testUncertaintyRatio   TL/U, TL half of the tolerance
  conformanceProbability that the true error lies within the tolerance (JCGM 106); specificRisk is the rest
  riskAtAcceptanceLimit  of a value exactly on the acceptance limit
  global                 falseAccept (PFA), falseReject (PFR), trueAccept, trueReject, which add up to 1, and
                         falseAcceptOfAccepted (CPFA); null without "process"
Where U is larger than the tolerance allows, only conditional statements are made: never a pass.

Rules:
${rules.join('\n')}`;

export const decideCommand = requestCommand({
  name: 'decide',
  summary: 'decide whether an error conforms: acceptance limits, verdict and risks by a decision rule',
  schema: z.unknown(),
  help,
  example: `echo '{"error": "0.02", "expandedUncertainty": "0.01", "tolerance": "0.05", "rule": "guard-band"}' | plumb decide -`,
  evaluate: decisionAnswer,
  lines: decideLines,
});

export function decideLines({ statement, ruleStatement, global: overAll }: DecisionAnswer): string[] {
  const risk = overAll && [
    `Over all such units: falsely accepted ${overAll.falseAccept}, falsely rejected ${overAll.falseReject}.`,
  ];
  return [statement, ruleStatement, ...(risk ?? [])];
}
