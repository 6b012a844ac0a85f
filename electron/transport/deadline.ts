import { Failure } from '../../shared/contract/failure.ts';

export interface DeadlineOptions {
  deadlineMs: number;
  signal?: AbortSignal | undefined;
  /** What is going on, as the failure says it: "writing", "connecting". */
  during: string;
  port: string;
}

export const cancelled = (during: string): Failure => new Failure('CANCELLED', { during });

export function throwIfCancelled(signal: AbortSignal | undefined, during: string): void {
  if (signal?.aborted) throw cancelled(during);
}

/** `work`, but never longer than the deadline (NO_REPLY) and no longer than the signal allows (CANCELLED). */
export function withDeadline<T>(work: Promise<T>, options: DeadlineOptions): Promise<T> {
  const { deadlineMs, signal, during, port } = options;
  return new Promise<T>((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const timer = setTimeout(() => {
      finish();
      reject(new Failure('NO_REPLY', { port, seconds: deadlineMs / 1000, during }));
    }, deadlineMs);
    const abort = (): void => {
      finish();
      reject(cancelled(during));
    };
    signal?.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(finish);
    if (signal?.aborted) abort();
  });
}

/** A pause that ends early with CANCELLED. */
export function pause(ms: number, signal: AbortSignal | undefined, during: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(cancelled(during));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
  });
}
