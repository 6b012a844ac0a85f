import { Inbox } from './inbox.ts';
import type { Transport } from './transport.ts';

/** Hears what goes over one line. It gets every byte, also those of secrets: it is for it to take them out. */
export interface LineListener {
  bytes(direction: 'in' | 'out', bytes: Uint8Array): void;
  end(): void;
}

/** Begins to listen on a port. */
export type Trace = (port: string) => LineListener;

/** The same transport, with somebody listening in. What was refused or came too late counts as sent: it may have been. */
export function tapped(transport: Transport, listener: LineListener): Transport {
  const inbox = new Inbox();
  let hears = false;
  void transport.closed.then(() => listener.end());
  return {
    port: transport.port,
    kind: transport.kind,
    closed: transport.closed,
    get isOpen() {
      return transport.isOpen;
    },
    close: () => transport.close(),
    write: (bytes, options) => {
      listener.bytes('out', bytes);
      return transport.write(bytes, options);
    },
    onData: (hear) => {
      const stop = inbox.onData(hear);
      // From the first reader on; what came before was kept for it.
      if (!hears) {
        hears = true;
        transport.onData((bytes) => {
          listener.bytes('in', bytes);
          inbox.deliver(bytes);
        });
      }
      return stop;
    },
  };
}
