import type { AuthorRule } from '../../shared/contract/author.ts';
import type { Mistake } from '../../shared/contract/mistake.ts';
import type { LabData, RecordingFacts } from '../../shared/contract/recordings.ts';
import type { CompiledRules } from '../../shared/contract/validate.ts';
import type { LabSource } from '../lab/lab.ts';
import { compiledFor } from '../rules/compiled.ts';
import { profileOfUnit, type Services, targetOfUnit } from './services.ts';

type Given = Pick<Services, 'desk' | 'profiles' | 'lab'>;

/** A recording as the lab's thread is asked about it, in the numbers of a unit: the recording's own where none is named. */
export function sourceOf(
  services: Given,
  { recording, faults, seed }: LabData,
  unit?: string,
): { facts: RecordingFacts; source: LabSource } {
  const { shelf } = services.lab;
  const facts = shelf.find(recording);
  const { options } = targetOfUnit(services, unit ?? facts.unit);
  const { channels } = profileOfUnit(services, unit ?? facts.unit);
  return { facts, source: { file: shelf.fileOf(facts), channels, options, faults, seed } };
}

/** A draft as it would go to the unit. */
export const compileDraft = (
  services: Given,
  unit: string,
  rules: readonly AuthorRule[],
): CompiledRules | { mistakes: Mistake[] } => compiledFor(targetOfUnit(services, unit), rules);
