import { createHash } from 'node:crypto';
import type { AuthorRule } from '../../shared/contract/author.ts';
import type { Mistake } from '../../shared/contract/mistake.ts';
import type { CompiledRules } from '../../shared/contract/validate.ts';
import { type CompileChannel, type CompileOptions, compileRules } from '../../shared/rules/rules.ts';

/** What the compiler must know of a unit. */
export interface CompileTarget {
  channels: readonly CompileChannel[];
  options: CompileOptions;
}

/** The exact bytes that a unit gets, a draft's as well as those that are pushed; or what is wrong with the rules. */
export function compiledFor(
  { channels, options }: CompileTarget,
  rules: readonly AuthorRule[],
): CompiledRules | { mistakes: Mistake[] } {
  const compiled = compileRules(rules, channels, options);
  if ('mistakes' in compiled) return compiled;
  const sha256 = createHash('sha256').update(compiled.text).digest('hex');
  return { ...compiled, sha256, revision: sha256.slice(0, 8) };
}
