import { z } from 'zod';
import { type IntervalAnswer, intervalAnswer, reliabilityModels } from '../../shared/metrology/metrology.ts';
import { requestCommand } from './request.ts';

const models = Object.entries(reliabilityModels).map(
  ([name, { equation }]) => `  ${name.padEnd(18)} ${equation}`,
);

const help = `The request is a JSON object. Numbers are decimal text, or JSON numbers, which are read by their source text.
A member that is unknown or wrong is named, and the command ends with 2. Times have one unit, such as days.
Every request may have "shortest" and "longest": the interval stays between them.

  {"method": "a3", "calibrations": 20, "inTolerance": 15, "interval": "365", "targetReliability": "0.95",
   "confidence": "0.5", "maximumChange": "2"}
      NCSLI RP-1, A3: is the interval wrong, by the share in tolerance at the end of it? Changed from "confidence" on.
  {"method": "s2", "groups": [{"time": "180", "calibrations": 20, "inTolerance": 19}, ...], "targetReliability": "0.95"}
      NCSLI RP-1, S2: reliability over time by maximum likelihood; the models are below.
  {"method": "variables", "times": ["180", ...], "changes": ["0.012", ...], "degree": 1, "initialValue": "0",
   "standardUncertainty": "0.004", "limits": {"lower": "-0.05", "upper": "0.05"}, "confidence": "0.95",
   "uncertaintyTarget": "0.02"}
      Drift from as-left to the next as-found value (NASA-HDBK-8739.19-5); limits or uncertaintyTarget or both.
  {"method": "staircase", "interval": "365", "largestError": "0.03", "tolerance": "0.05",
   "lengthenUpTo": "0.8", "lengthenBy": "1.25", "shortenBy": "0.5"}
      ILAC-G24 / OIML D 10, method 1: by the last calibration alone.
  {"method": "a3|s2|variables|staircase|fixed", "intervalDays": 365, "targetReliability": "0.95",
   "standardUncertainty": "0.004", "history": [{"date": "2025-03-01", "tolerance": "0.05", "adjusted": false,
   "asFound": [{"nominal": "50", "error": "0.012"}], "asLeft": [...]}, ...]}
      By the calibrations of one unit; the data of the method are taken from them.

Answer:
  {"method": "a3", "interval": "230.8460462", "basis": "...", ...}
  interval   null where the data do not carry an answer; basis says what it rests on, or why there is none
  a3         calculatedInterval, rejectionConfidence, observedReliability, reliabilityRange {confidence, lower, upper}
  s2         calculatedInterval, model, extrapolated, models [{name, equation, parameters, logLikelihood, interval, f,
             rejectionConfidence}]
  variables  reliabilityTarget and uncertaintyTarget {interval, value, ...}, extrapolated, coefficients, covariance,
             residualStandardDeviation, degreesOfFreedom
  history    beside them intervalDays (whole days) and due (a day), both null where there is no answer

Models of reliability:
${models.join('\n')}`;

export const intervalCommand = requestCommand({
  name: 'interval',
  summary: 'propose a calibration interval from what calibrations found',
  schema: z.unknown(),
  help,
  example: `echo '{"method": "staircase", "interval": "365", "largestError": "0.03", "tolerance": "0.05"}' | plumb interval -`,
  evaluate: intervalAnswer,
  lines: intervalLines,
});

export function intervalLines({ interval, basis, due }: IntervalAnswer): string[] {
  const until = typeof due === 'string' ? [`Due: ${due}`] : [];
  return [`Interval: ${interval ?? 'none'}`, ...until, basis];
}
