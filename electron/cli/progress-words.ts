import type { StabilityEvidence, StabilityRule } from '../../shared/contract/calibrate.ts';
import type { TaskProgress } from '../../shared/contract/wizard.ts';
import { decimalPlaces, roundDecimal } from '../../shared/units/units.ts';

const ofFiles =
  (doing: string) =>
  ({ file, done, total }: TaskProgress['params']): string =>
    `${doing} ${Math.min(Number(done) + 1, Number(total))} of ${total} files: ${file}`;

/** By the key of the progress; a file is named with its place, so that a line is said once a file. */
const table: Readonly<Record<string, (params: TaskProgress['params']) => string>> = {
  checking: ofFiles('checking'),
  staging: ofFiles('staging'),
  verifying: ofFiles('verifying'),
  replacing: ofFiles('replacing'),
  credential: () => "making the unit's credential",
  restarting: () => 'restarting the unit',
  waitingForUnit: ({ port }) => `no connection on ${port}: plug the same unit in again`,
  selftest: () => 'the unit tests itself',
  connecting: ({ host }) => `signing in at the broker ${host}`,
  birth: () => 'waiting for the birth of this unit on the broker',
  data: () => 'comparing data on the broker with data on the line',
  answer: () => 'sending a command through the broker',
  will: () => 'cutting the unit off, waiting for its last will',
  return: () => 'waiting for the unit to come back to the broker',
};

/** One line for how far a task is; null where the line would say nothing that the events do not. */
export const progressWords = ({ key, params }: TaskProgress): string | null => table[key]?.(params) ?? null;

/** A figure one decimal finer than its limit, never rounded down to it. */
const beside = (figure: string, limit: string): string =>
  `${roundDecimal(figure, decimalPlaces(limit) + 1, 'up')} (at most ${limit})`;

/** How clearly it moves; nothing where that is not known. */
const significance = ({ differenceT, differenceTLimit }: StabilityEvidence): string =>
  differenceT && differenceTLimit ? `, t ${differenceT} (at most ${differenceTLimit})` : '';

/** What the running point waits for, each figure beside its limit; the first thing first, the rest when it holds. */
export function waitingFor(evidence: StabilityEvidence, rule: StabilityRule): string {
  const { missing, readings, distance } = evidence;
  if (missing.length === 0) return 'stable';
  if (missing.includes('readings')) return `waiting: ${readings} of ${rule.readings} readings`;
  if (missing.includes('distance')) return `waiting: ${beside(distance, rule.nearNominal)} from the point`;
  const figures: Partial<Record<(typeof missing)[number], string>> = {
    'reference-drift': `drift of the reference ${beside(evidence.referenceDrift, rule.maxDrift)}`,
    'unit-drift': `drift of the unit ${beside(evidence.unitDrift, rule.maxDrift)}`,
    'reference-spread': `spread of the reference ${beside(evidence.referenceSpread, rule.maxSpread)}`,
    'unit-spread': `spread of the unit ${beside(evidence.unitSpread, rule.maxSpread)}`,
    'difference-drift': `the difference of unit and reference still moves${significance(evidence)}`,
  };
  return `waiting: ${missing.map((name) => figures[name]).join(', ')}`;
}
