import { Failure } from '../../shared/contract/failure.ts';
import { createHost, type Host } from '../host/host.ts';
import type { Context } from './command.ts';
import { within } from './folder.ts';
import { resources, version } from './places.ts';

/** How long ports and workers may take to close. */
const closeWithinMs = 8_000;

/** A host for one run; closed, whatever came of it, before anything is answered. */
export async function withHost<T>(
  { ports, jobPath, boards }: { ports: readonly string[]; jobPath: string; boards?: number | undefined },
  { signal, log }: Context,
  work: (host: Host) => Promise<T>,
): Promise<T> {
  const host = await createHost({
    bench: ports.some((name) => name.startsWith('bench:')),
    ...(boards === undefined ? {} : { benchBoards: boards }),
    jobPath,
    resources,
    door: 'terminal',
    version,
    log,
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
