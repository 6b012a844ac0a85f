import { z } from 'zod';
import { type FitAnswer, fitRequest, requestModels } from '../../shared/metrology/metrology.ts';
import { requestCommand } from './request.ts';

const models = requestModels.flatMap(({ name, summary, members }) => [
  `  ${name}: ${summary}`,
  ...members.map((line) => `      ${line}`),
]);

const help = `The request is a JSON object. Numbers are decimal text ("25.0", "1.234E-5"), or JSON numbers, which are read by
their source text: no digit is lost. A member that is unknown or wrong is named, and the command ends with 2.

  {"model": "polynomial", "degree": 2, "intercept": true, "x": ["..."], "y": ["..."],
   "uy": ["..."], "weights": "absolute", "digits": 15, "predict": ["..."], "inverse": [{"y": "...", "uy": "..."}]}

  model     one of those below; usual other names are read as well (straight line, through zero, quadratic, ...)
  digits    significant digits of the answer, 1 to 100; 15 where left out

Answer:
  {"coefficients": [{"name": "b0", "value": "...", "standardUncertainty": "..."}], "covariance": [["..."]],
   "residualStandardDeviation": "...", "rSquared": "...", "degreesOfFreedom": n, "residuals": ["..."]}
  beside them, where the model has them:
  f, lackOfFit   ratio of variances, its degrees of freedom and p (chance of a larger one where nothing is there)
  weights        "none": covariance from the residuals; "absolute": from uy as stated, with chiSquared observed beside
                 its 95 % quantile; "relative": weights only as ratios, covariance times chi-squared/degrees of freedom
  convention     which covariance a line with uncertainty in x and y has
  predictions    value, standardUncertainty and interval of the curve; newReading: of one more reading
  inverse        x for y, its standardUncertainty, Fieller's interval where the gain is badly known
  comparison     models beside each other, and the one that the readings speak for
  warnings       such as extrapolation
With weights the residual standard deviation is that of unit weight: the root of chi-squared/degrees of freedom.
rSquared is null where y does not vary; uncertainties are null where no degree of freedom is left.

Models:
${models.join('\n')}`;

export const fitCommand = requestCommand({
  name: 'fit',
  summary: 'fit a model to readings: exact coefficients, uncertainties, predictions, inverse',
  schema: z.unknown(),
  help,
  example: `echo '{"model": "line", "x": ["0", "50", "100"], "y": ["0.1", "50.3", "100.2"]}' | plumb fit - --json`,
  evaluate: fitRequest,
  lines: fitLines,
});

/** Null members are shown as a dash. */
const cell = (value: string | null): string => value ?? '-';

export function fitLines(answer: FitAnswer): string[] {
  const { coefficients, residualStandardDeviation, rSquared, degreesOfFreedom } = answer;
  const warnings = Array.isArray(answer.warnings) ? answer.warnings.map(String) : [];
  return [
    `Model: ${answer.model}`,
    ...coefficients.map(({ name, value, standardUncertainty }) =>
      standardUncertainty === null
        ? `  ${name} = ${value}`
        : `  ${name} = ${value}, u = ${standardUncertainty}`,
    ),
    ...(coefficients.length > 0
      ? [
          `Residual standard deviation: ${cell(residualStandardDeviation)} (${degreesOfFreedom} degrees of freedom)`,
          `R squared: ${cell(rSquared)}`,
        ]
      : []),
    ...tables.flatMap(([member, title]) => rowsOf(answer[member], title)),
    ...warnings.map((warning) => `Note: ${warning}`),
  ];
}

/** Lists of an answer that people read line by line. */
const tables = [
  ['predictions', 'Predictions'],
  ['inverse', 'Inverse'],
  ['evaluations', 'Evaluations'],
] as const;

function rowsOf(rows: unknown, title: string): string[] {
  if (!Array.isArray(rows) || rows.length === 0) return [];
  return [
    `${title}:`,
    ...rows.map((row: object) => {
      const shown = Object.entries(row).filter(([, value]) => typeof value === 'string');
      return `  ${shown.map(([name, value]) => `${name} = ${value}`).join(', ')}`;
    }),
  ];
}
