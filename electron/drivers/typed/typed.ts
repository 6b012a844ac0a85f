import { Failure } from '../../../shared/contract/failure.ts';
import type { PortlessReferenceDriver } from '../driver.ts';

const lookEveryMs = 100;

/** A reference that a person reads. A reading waits until there is a value for the point; then it is that value. */
export const typedDriver: PortlessReferenceDriver<'typed'> = {
  family: 'typed',
  open: (ask, { unit }) => ({
    identify: () =>
      Promise.resolve({
        maker: '',
        model: 'read by a person',
        serial: '',
        firmware: '',
        unit,
        source: false,
      }),
    read: async ({ signal } = {}) => {
      for (;;) {
        const entry = ask.typed();
        // As of now: the unit's reading that belongs to it is the one beside it.
        if (entry) return { value: entry.value, at: Date.now() };
        await moment(signal);
      }
    },
  }),
};

function moment(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancelled = (): void => {
      clearTimeout(timer);
      reject(new Failure('CANCELLED', { during: 'waiting for a reading to be typed' }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancelled);
      resolve();
    }, lookEveryMs);
    if (signal?.aborted) cancelled();
    else signal?.addEventListener('abort', cancelled, { once: true });
  });
}
