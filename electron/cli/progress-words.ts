import type { StabilityEvidence, StabilityRule } from '../../shared/contract/calibrate.ts';
import type { TaskProgress } from '../../shared/contract/wizard.ts';

type Words = (params: TaskProgress['params']) => string;

/** By the key of the progress; a file is named with its place, so that a line is said once a file. */
const table: Readonly<Record<string, Words>> = {
  checking: ({ file, done, total }) => `checking ${done} of ${total} files ${file}`,
  staging: ({ file, done, total }) => `staging ${done} of ${total} files ${file}`,
  verifying: ({ file, done, total }) => `verifying ${done} of ${total} files ${file}`,
  replacing: ({ file, done, total }) => `replacing ${done} of ${total} files ${file}`,
  restarting: () => 'restarting the unit',
};

/** One line for how far a task is; null where the line would say nothing that the events do not. */
export const progressWords = ({ key, params }: TaskProgress): string | null => table[key]?.(params) ?? null;

/** What the running point still waits for, each figure beside its limit. */
export function waitingFor(evidence: StabilityEvidence, rule: StabilityRule): string {
  if (evidence.stable) return 'stable';
  const words: Record<StabilityEvidence['missing'][number], string> = {
    readings: `${evidence.readings} of ${rule.readings} readings`,
    distance: `${evidence.distance} from the point (at most ${rule.nearNominal})`,
    'reference-drift': `drift of the reference ${evidence.referenceDrift} (at most ${rule.maxDrift})`,
    'unit-drift': `drift of the unit ${evidence.unitDrift} (at most ${rule.maxDrift})`,
    'reference-spread': `spread of the reference ${evidence.referenceSpread} (at most ${rule.maxSpread})`,
    'unit-spread': `spread of the unit ${evidence.unitSpread} (at most ${rule.maxSpread})`,
  };
  return `waiting: ${evidence.missing.map((name) => words[name]).join('; ')}`;
}
