import type { Frame } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { fromQuanta } from '../../../shared/units/units.ts';
import type { PortlessOpening, PortlessReferenceDriver } from '../driver.ts';

/** A unit sends several frames a second; one whose sensor is bad may send some without a value. */
const frameMs = 5000;

/** Another channel of the unit under work, which was calibrated itself: its value in the unit's frames. */
export const channelDriver: PortlessReferenceDriver<'channel'> = {
  family: 'channel',
  open: (ask, { channel: id }) => {
    const channel = ask.channelOf(id);
    const { hardwareId, port } = ask.unit;
    return {
      identify: async () => {
        if (!channel) throw new Failure('NOT_FOUND', { thing: 'channel', id });
        if (!channel.calibrated) {
          const detail = `no calibration of the channel ${id} of this unit has passed in this job, so it is no reference`;
          throw new Failure('STEP_BLOCKED', { detail });
        }
        const identity = { maker: '', model: `channel ${id}`, serial: hardwareId, firmware: '' };
        return { ...identity, unit: channel.unit, source: false };
      },
      read: async ({ signal } = {}) => {
        if (!channel) throw new Failure('NOT_FOUND', { thing: 'channel', id });
        const { value, at } = await nextValue(ask, id, signal).catch((thrown: unknown) => {
          throw thrown === silent ? unreadable(port, id) : thrown;
        });
        return { value: fromQuanta(value, channel.quantum), at };
      },
    };
  },
};

const silent = Symbol('no value in time');

const unreadable = (port: string, id: string): Failure =>
  new Failure('REFERENCE_UNREADABLE', {
    port,
    detail: `no value of its channel ${id} came within ${frameMs / 1000} s`,
  });

/** The channel in the next frame that has a good value of it. */
function nextValue(
  { onFrame }: Pick<PortlessOpening, 'onFrame'>,
  id: string,
  signal: AbortSignal | undefined,
): Promise<{ value: number; at: number }> {
  const found = Promise.withResolvers<{ value: number; at: number }>();
  const stop = onFrame((frame: Frame) => {
    const value = frame.channels.find((channel) => channel.id === id)?.value ?? null;
    if (value !== null) found.resolve({ value, at: frame.at });
  });
  const cancel = (): void =>
    found.reject(new Failure('CANCELLED', { during: 'reading the reference channel' }));
  const timer = setTimeout(() => found.reject(silent), frameMs);
  if (signal?.aborted) cancel();
  else signal?.addEventListener('abort', cancel, { once: true });
  return found.promise.finally(() => {
    stop();
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  });
}
