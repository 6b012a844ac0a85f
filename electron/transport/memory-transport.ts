import { Connection } from './connection.ts';
import type { Closed, Transport } from './transport.ts';

/** The far end of a transport that lives in memory: what a scripted device in a test sees and does. */
export interface FarEnd {
  /** Sends bytes to the near end, on a later turn of the event loop, as a real line would. */
  say(bytes: Uint8Array | string): void;
  end(closed?: Closed): void;
}

/** A transport without hardware, for tests of what is built upon transports. */
export function memoryTransport(
  port: string,
  hear: (bytes: Buffer, far: FarEnd) => void,
): { transport: Transport; far: FarEnd } {
  const connection = new Connection(port);
  const far: FarEnd = {
    say(bytes) {
      const copy = Buffer.from(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
      setImmediate(() => connection.isOpen && connection.inbox.deliver(copy));
    },
    end(closed = { reason: 'lost', detail: 'the cable was pulled' }) {
      connection.end(closed);
    },
  };
  const transport: Transport = {
    port,
    kind: 'simulated',
    closed: connection.closed,
    get isOpen() {
      return connection.isOpen;
    },
    onData: (listener) => connection.inbox.onData(listener),
    write: (bytes, options = {}) =>
      connection.write((done) => {
        const copy = Buffer.from(bytes);
        setImmediate(() => {
          if (connection.isOpen) hear(copy, far);
          done();
        });
      }, options),
    async close() {
      connection.end({ reason: 'user', detail: 'closed' });
      await connection.closed;
    },
  };
  return { transport, far };
}
