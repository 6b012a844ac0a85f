import { createHash } from 'node:crypto';
import type { AuthorRule } from '../../shared/contract/author.ts';
import type { Mistake } from '../../shared/contract/mistake.ts';
import type { LabData, RecordingFacts } from '../../shared/contract/recordings.ts';
import type { CompiledRules } from '../../shared/contract/validate.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import type { LabSource } from '../lab/lab.ts';
import { profileOfUnit, type Services } from './services.ts';

type Given = Pick<Services, 'desk' | 'profiles' | 'lab'>;

/** A recording as the lab's thread is asked about it, in the numbers of a unit: the recording's own where none is named. */
export function sourceOf(
  services: Given,
  { recording, faults, seed }: LabData,
  unit?: string,
): { facts: RecordingFacts; source: LabSource } {
  const { shelf } = services.lab;
  const facts = shelf.find(recording);
  const { channels } = profileOfUnit(services, unit ?? facts.unit);
  return { facts, source: { file: shelf.fileOf(facts), channels, faults, seed } };
}

/** A draft as it would go to the unit. */
export function compileDraft(
  services: Given,
  unit: string,
  rules: readonly AuthorRule[],
): CompiledRules | { mistakes: Mistake[] } {
  const compiled = compileRules(rules, profileOfUnit(services, unit).channels);
  if ('mistakes' in compiled) return compiled;
  const sha256 = createHash('sha256').update(compiled.text).digest('hex');
  return { ...compiled, sha256, revision: sha256.slice(0, 8) };
}
