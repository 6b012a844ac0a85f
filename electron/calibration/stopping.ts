/** `work`, or the reason for which `stop` was aborted, whichever comes first. Late results of `work` are let go. */
export function untilStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(stop.reason);
    if (stop.aborted) abort();
    stop.addEventListener('abort', abort, { once: true });
    work.finally(() => stop.removeEventListener('abort', abort)).then(resolve, reject);
  });
}

/** A pause that ends early, with the reason, when `stop` is aborted. */
export async function pause(ms: number, stop: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await untilStopped(
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
      stop,
    );
  } finally {
    clearTimeout(timer);
  }
}
