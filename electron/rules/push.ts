import { createHash } from 'node:crypto';
import { Failure } from '../../shared/contract/failure.ts';
import type { CompiledRules } from '../../shared/contract/validate.ts';
import { engineVersion } from '../../shared/rules/rules.ts';
import type { AgentHello, AgentLink } from '../drivers/driver.ts';

/** Where the agent keeps its rules. */
const path = '/plumbline/rules.json';

/** Proof that a unit holds the very bytes of a rule set, and the first frame that it decides by them. */
export interface WrittenRules {
  sha256: string;
  /** Hash of the file as it was read back, byte for byte. */
  readBack: string;
  fromSeq: number;
}

/** Fails with ENGINE_DIFFERS where the unit's engine is another one than that of the app, or does not say which it is. */
export function demandEngine({ engine }: Pick<AgentHello, 'engine'>): void {
  if (engine === engineVersion) return;
  throw new Failure('ENGINE_DIFFERS', { unit: engine ?? '?', app: engineVersion });
}

/** Puts a rule set in force on a unit and reads it back. Fails with VERIFY_FAILED where that is not what was sent. */
export async function pushRules(link: AgentLink, { text, sha256 }: CompiledRules): Promise<WrittenRules> {
  const bytes = new TextEncoder().encode(text);
  const commit = await link.put('rules', bytes);
  const held = await link.get('rules').catch((thrown: unknown) => {
    throw Failure.from(thrown).leaving('indeterminate');
  });
  const readBack = held === null ? 'no file' : createHash('sha256').update(held).digest('hex');
  if (held === null || readBack !== sha256 || !Buffer.from(held).equals(bytes)) {
    const found = { path, expected: sha256, found: readBack };
    throw new Failure('VERIFY_FAILED', found, { deviceState: 'indeterminate' });
  }
  return { sha256: commit.sha256, readBack, fromSeq: commit.fromSeq };
}
