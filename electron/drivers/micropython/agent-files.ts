import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Sha256 } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { AgentCommit, AgentFileName } from '../driver.ts';
import type { AgentRequests } from './agent-requests.ts';

/** Raw bytes in one line; the protocol allows 480. */
const block = 480;
/** No file of an agent is larger. */
const fileMax = 256 * 1024;

const whole = z.number().int().nonnegative();
const Next = z.object({ at: whole });
const Commit = z.object({ sha: Sha256, seq: whole });
const Part = z.object({ size: whole.max(fileMax), sha: Sha256, b64: z.string().max(700) });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Sends a file and puts it in force. */
export async function putFile(
  requests: AgentRequests,
  file: AgentFileName,
  bytes: Uint8Array,
): Promise<AgentCommit> {
  const during = `sending the ${file} file`;
  const sha = sha256(bytes);
  try {
    await requests.ask('put', { file, size: bytes.length, sha }, during, 1);
    for (let at = 0; at < bytes.length; at += block) {
      const part = bytes.subarray(at, at + block);
      const b64 = Buffer.from(part).toString('base64');
      const next = Next.safeParse(await requests.ask('data', { at, b64 }, during, 1));
      if (next.data?.at !== at + part.length) throw requests.unreadable(during, 'another place in the file');
    }
  } catch (thrown) {
    throw Failure.from(thrown).leaving('old-still-runs');
  }
  return putInForce(requests, file, sha);
}

/** The one request of which it matters whether it was carried out: silence leaves the unit's state open. */
async function putInForce(requests: AgentRequests, file: AgentFileName, sha: string): Promise<AgentCommit> {
  const during = `putting the ${file} file in force`;
  const answer = await requests.request('commit', undefined, during, 1).catch((thrown: unknown) => {
    throw Failure.from(thrown).leaving('indeterminate');
  });
  if (!answer.ok) throw requests.refusal(answer, during, file, sha).leaving('old-still-runs');
  const commit = Commit.safeParse(answer.json);
  if (!commit.success) throw requests.unreadable(during, 'no hash and frame').leaving('indeterminate');
  if (commit.data.sha !== sha) {
    const facts = { path: file, expected: sha, found: commit.data.sha };
    throw new Failure('VERIFY_FAILED', facts, { deviceState: 'indeterminate' });
  }
  return { sha256: sha, fromSeq: commit.data.seq };
}

/** The file, or undefined where it was replaced while it was read. */
export async function getFile(
  requests: AgentRequests,
  file: AgentFileName,
): Promise<{ bytes: Buffer | null } | undefined> {
  const during = `reading the ${file} file`;
  const parts: Buffer[] = [];
  let first: { size: number; sha: string } | undefined;
  for (let at = 0; first === undefined || at < first.size; ) {
    const answer = await requests.request('get', { file, at }, during, 2);
    if (!answer.ok && answer.code === 'missing') return at === 0 ? { bytes: null } : undefined;
    if (!answer.ok) throw requests.refusal(answer, during, file, '');
    const part = Part.safeParse(answer.json);
    if (!part.success) throw requests.unreadable(during, 'no part of a file');
    first ??= part.data;
    if (part.data.sha !== first.sha || part.data.size !== first.size) return undefined;
    const bytes = Buffer.from(part.data.b64, 'base64');
    if (bytes.length === 0 && at < first.size) throw requests.unreadable(during, 'an empty part of a file');
    parts.push(bytes);
    at += Math.max(1, bytes.length);
  }
  const bytes = Buffer.concat(parts);
  const found = sha256(bytes);
  if (found !== first.sha) throw new Failure('VERIFY_FAILED', { path: file, expected: first.sha, found });
  return { bytes };
}
