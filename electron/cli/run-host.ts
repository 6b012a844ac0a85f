import { existsSync } from 'node:fs';
import { Failure } from '../../shared/contract/failure.ts';
import { createHost, type Host } from '../host/host.ts';
import type { Context, Input } from './command.ts';
import { within } from './folder.ts';
import { resources, version } from './places.ts';
import { redactor } from './redaction.ts';
import { outside, secretStoreOf, secretsFileOf } from './vault.ts';

/** How long ports and workers may take to close. */
const closeWithinMs = 8_000;

export interface RunPlace {
  ports: readonly string[];
  jobPath: string;
  boards?: number | undefined;
  /** What was asked for: it may say where the passphrase of the project's secrets is. */
  input: Input;
}

/** A host for one run; closed, whatever came of it, before anything is answered. */
export async function withHost<T>(
  { ports, jobPath, boards, input }: RunPlace,
  context: Context,
  work: (host: Host) => Promise<T>,
): Promise<T> {
  const { signal, log } = context;
  // Secrets are kept where "plumb ca make" made a file for them; else they end with the run.
  const isKept = existsSync(secretsFileOf(jobPath));
  const host = await createHost({
    bench: ports.some((name) => name.startsWith('bench:')),
    ...(boards === undefined ? {} : { benchBoards: boards }),
    jobPath,
    resources,
    door: 'terminal',
    version,
    log,
    redactor,
    outsideSecrets: outside,
    ...(isKept ? { secretStore: secretStoreOf(jobPath, input, context) } : {}),
  });
  try {
    if (signal.aborted) throw new Failure('CANCELLED', { during: 'starting' });
    return await work(host);
  } finally {
    await within(host.close(), closeWithinMs).catch((error: unknown) => {
      log.warn({ err: error }, 'not everything could be closed');
    });
  }
}
