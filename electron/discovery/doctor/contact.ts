import { Failure } from '../../../shared/contract/failure.ts';
import { pause } from '../../transport/deadline.ts';
import type { OpenPort, Transport } from '../../transport/transport.ts';
import type { Contact, Greeting } from './facts.ts';

/** Asks the running agent who it is, with a deadline of its own; null where none answers. */
export type Greet = (transport: Transport, signal: AbortSignal) => Promise<Greeting | null>;

export interface ContactOptions {
  openPort: OpenPort;
  greet: Greet;
  /** False for what is not to be asked: it is only listened to. */
  ask: boolean;
  listenMs: number;
  signal: AbortSignal;
}

const keptBytes = 2048;

/**
 * Opens the port exclusively, listens, asks `hello` and closes. No Ctrl-C, and no control line is touched beyond what
 * the operating system does by itself when a port is opened. Only CANCELLED is thrown; the rest is a finding.
 */
export async function makeContact(port: string, options: ContactOptions): Promise<Contact> {
  const { openPort, signal } = options;
  try {
    const transport = await openPort(port, { signal });
    try {
      return await listen(transport, options);
    } finally {
      await transport.close();
    }
  } catch (thrown) {
    const failure = Failure.from(thrown);
    if (failure.code === 'CANCELLED') throw failure;
    return { state: 'failed', failure: failure.toJSON() };
  }
}

async function listen(
  transport: Transport,
  { greet, ask, listenMs, signal }: ContactOptions,
): Promise<Contact> {
  const heard: Uint8Array[] = [];
  let length = 0;
  const detach = transport.onData((bytes) => {
    if (length >= keptBytes) return;
    const part = bytes.slice(0, keptBytes - length);
    heard.push(part);
    length += part.length;
  });
  try {
    const during = 'listening to the unit';
    await Promise.race([pause(listenMs, signal, during), transport.closed]);
    if (!transport.isOpen) throw new Failure('PORT_LOST', { port: transport.port, during });
    const greeting = ask ? await greet(transport, signal) : null;
    return { state: 'open', heard: Buffer.concat(heard), asked: ask, greeting };
  } finally {
    detach();
  }
}
