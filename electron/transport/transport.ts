/** Why a transport ended: closed by us, lost (cable, power), or broken. */
export interface Closed {
  reason: 'user' | 'lost' | 'error';
  detail: string;
}

/**
 * Bytes in, bytes out. One interface for serial ports, TCP sockets and the simulated bench.
 * Nothing is interpreted here; a reader is always attached, so that an unplug is noticed.
 */
export interface Transport {
  /** The port as the engineer names it: `/dev/ttyACM0`, `COM3`, `tcp:10.0.0.5:5025`, `bench:1`. */
  readonly port: string;
  readonly kind: 'serial' | 'tcp' | 'simulated';
  /** Resolves when the bytes are handed over. Rejects with PORT_LOST, PORT_FAILED or NO_REPLY (deadline). */
  write(bytes: Uint8Array, options?: { deadlineMs?: number; signal?: AbortSignal }): Promise<void>;
  /** Every byte that arrives, in order. Bytes that arrive before the first listener are kept for it. */
  onData(listener: (bytes: Uint8Array) => void): () => void;
  /** Settles once, never rejects. */
  readonly closed: Promise<Closed>;
  readonly isOpen: boolean;
  /** Bounded in time; safe to call twice. */
  close(): Promise<void>;
}

/** A port that could be opened, as the operating system or the bench describes it. */
export interface PortInfo {
  port: string;
  kind: 'serial' | 'tcp' | 'simulated';
  vendorId?: string | undefined;
  productId?: string | undefined;
  serialNumber?: string | undefined;
  manufacturer?: string | undefined;
  product?: string | undefined;
}

/** How a serial line is set; the others have no such settings. */
export interface LineSettings {
  baudRate?: number;
  parity?: 'none' | 'even' | 'odd';
}

export type OpenPort = (
  port: string,
  options?: LineSettings & { signal?: AbortSignal },
) => Promise<Transport>;
