import type { SelfTest } from '../../shared/contract/lab.ts';
import type { CompiledRules } from '../../shared/contract/validate.ts';
import { type SelfTestFrame, selfTestVectors } from '../../shared/rules/lab/lab.ts';
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
  const vectors = selfTestVectors(form, { seed: Number.parseInt(revision, 16) });
  const outcomes = vectors.map((frames) => decide(form, frames));
  onVector(0, vectors.length);
  const run = await link.vectors(vectors, { onVector: (done) => onVector(done, vectors.length), signal });
  return {
    engine: engineVersion,
    revision: run.rev,
    vectors: run.vectors,
    frames: run.frames,
    decisions: outcomes.reduce((sum, { out }) => sum + out.length, 0),
    expected: vectorHash(outcomes),
    found: run.hash,
  };
}

function decide(form: unknown, frames: readonly SelfTestFrame[]): VectorOutcome {
  const engine = createEngine(form);
  const out = frames.flatMap(([t, inputs, acknowledged, shelved]) =>
    engine.feed(t, inputs, acknowledged, shelved).map(eventRow),
  );
  return { out, late: engine.late };
}
