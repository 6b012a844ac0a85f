import { setImmediate as immediate } from 'node:timers/promises';
import { Failure } from '../../shared/contract/failure.ts';
import type { SelfTest } from '../../shared/contract/lab.ts';
import type { CompiledRules } from '../../shared/contract/validate.ts';
import { type SelfTestFrame, searchVectors } from '../../shared/rules/lab/lab.ts';
import { createEngine, engineVersion, eventRow, readDeviceForm } from '../../shared/rules/rules.ts';
import type { AgentLink } from '../drivers/driver.ts';
import { type VectorOutcome, vectorHash } from '../drivers/micropython/agent-vectors.ts';

export interface SelfTestOptions {
  onVector: (done: number, vectors: number) => void;
  signal: AbortSignal;
}

/** Has the unit's own engine decide on vectors chosen from these rules, and says what it and the app made of them. */
export async function selfTestRules(
  link: AgentLink,
  { text, revision }: CompiledRules,
  { onVector, signal }: SelfTestOptions,
): Promise<SelfTest> {
  const form = readDeviceForm(text);
  // The same rules are tested with the same vectors, and other rules with others.
  const vectors = await chosen(form, Number.parseInt(revision, 16), signal);
  const { expected, decisions } = expectedOf(form, vectors);
  onVector(0, vectors.length);
  const run = await link.vectors(vectors, { onVector: (done) => onVector(done, vectors.length), signal });
  return {
    engine: engineVersion,
    revision: run.rev,
    vectors: run.vectors,
    frames: run.frames,
    decisions,
    expected,
    found: run.hash,
  };
}

/** The hash that a unit answers whose engine decides as the app does, and how many decisions that are. */
export function expectedOf(
  form: unknown,
  vectors: readonly (readonly SelfTestFrame[])[],
): { expected: string; decisions: number } {
  const outcomes = vectors.map((frames) => decide(form, frames));
  const decisions = outcomes.reduce((sum, { out }) => sum + out.length, 0);
  return { expected: vectorHash(outcomes), decisions };
}

/** Found in small steps: meanwhile frames of units go on to be read. */
async function chosen(form: unknown, seed: number, signal: AbortSignal): Promise<SelfTestFrame[][]> {
  const search = searchVectors(form, { seed });
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
    if (signal.aborted) throw new Failure('CANCELLED', { during: 'testing the rules on the unit' });
    await immediate();
  }
}

function decide(form: unknown, frames: readonly SelfTestFrame[]): VectorOutcome {
  const engine = createEngine(form);
  const out = frames.flatMap(([t, inputs, acknowledged, shelved]) =>
    engine.feed(t, inputs, acknowledged, shelved).map(eventRow),
  );
  return { out, late: engine.late };
}
