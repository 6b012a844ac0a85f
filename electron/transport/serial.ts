import type { SerialPort } from 'serialport';
import { Connection, closedBy } from './connection.ts';
import { cancelled, throwIfCancelled, withDeadline } from './deadline.ts';
import { inspectPath, watchPresence } from './presence.ts';
import { openFailure } from './serial-failure.ts';
import type { LineSettings, Transport } from './transport.ts';

export interface SerialOptions extends LineSettings {
  signal?: AbortSignal;
  openDeadlineMs?: number;
  presenceEveryMs?: number;
}

const closeDeadlineMs = 2000;

/**
 * Opens a real serial port, exclusively. DTR and RTS stay as the operating system sets them on opening: MicroPython's
 * USB ports want DTR on, a pseudo-terminal has no such lines at all.
 * @throws Failure PORT_NOT_FOUND, PORT_BUSY, PORT_PERMISSION, PORT_FAILED, NO_REPLY, CANCELLED
 */
export async function openSerial(port: string, options: SerialOptions = {}): Promise<Transport> {
  const { signal, openDeadlineMs = 10_000, presenceEveryMs = 500 } = options;
  throwIfCancelled(signal, 'opening the port');
  const found = await inspectPath(port);
  // Loaded here so that the native part is not touched by a program that never opens a port.
  const { SerialPort } = await import('serialport');
  throwIfCancelled(signal, 'opening the port');
  const stream = new SerialPort({
    path: port,
    baudRate: options.baudRate ?? 115_200,
    parity: options.parity ?? 'none',
    lock: true,
    // Without it the kernel drops DTR on close, which resets many boards (serialport PR 495).
    hupcl: false,
    autoOpen: false,
  });
  const connection = new Connection(port);
  attach(stream, connection);
  await open(stream, port, openDeadlineMs, signal);
  const stop = watchPresence(port, found, presenceEveryMs, () => {
    connection.end({ reason: 'lost', detail: 'the port disappeared' });
  });
  void connection.closed.then(async () => {
    stop();
    await release(stream);
  });
  return serialTransport(stream, connection);
}

/** The reader is attached for good: serialport notices an unplug only while something reads. */
function attach(stream: SerialPort, connection: Connection): void {
  stream.on('data', (bytes: Uint8Array) => connection.inbox.deliver(bytes));
  stream.on('error', (error: Error) => connection.end(closedBy(error)));
  stream.on('close', (error?: Error | null) => {
    connection.end(error ? closedBy(error) : { reason: 'lost', detail: 'the port was closed' });
  });
}

async function open(
  stream: SerialPort,
  port: string,
  deadlineMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const opening = new Promise<void>((resolve, reject) => {
    stream.open((error) => (error ? reject(openFailure(port, error)) : resolve()));
  });
  try {
    await withDeadline(opening, { deadlineMs, signal, during: 'opening the port', port });
  } catch (error) {
    // The native open cannot be called back; when it succeeds after all, the lock must not stay.
    opening.then(
      () => release(stream),
      () => {},
    );
    throw signal?.aborted ? cancelled('opening the port') : error;
  }
}

/** Closes the native port, in bounded time; a port that is already gone counts as closed. */
function release(stream: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, closeDeadlineMs);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    if (stream.isOpen) stream.close(done);
    else done();
  });
}

function serialTransport(stream: SerialPort, connection: Connection): Transport {
  return {
    port: connection.port,
    kind: 'serial',
    closed: connection.closed,
    get isOpen() {
      return connection.isOpen;
    },
    onData: (listener) => connection.inbox.onData(listener),
    write: (bytes, writeOptions = {}) =>
      connection.write((done) => {
        stream.write(Buffer.from(bytes), done);
      }, writeOptions),
    async close() {
      connection.end({ reason: 'user', detail: 'closed' });
      await release(stream);
    },
  };
}
