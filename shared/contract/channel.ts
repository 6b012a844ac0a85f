/**
 * Messages in, messages out: one interface for the window's MessagePort, the tab's WebSocket and the
 * in-process pair. Text carries the control protocol (JSON), bytes carry live frames.
 */
export interface Channel {
  post(data: string | Uint8Array): void;
  onMessage(listener: (data: string | Uint8Array) => void): void;
  onClose(listener: () => void): void;
  close(): void;
  /** Bytes that were posted but have not left yet; live frames are thinned where this grows. */
  readonly backlog?: number;
}

/** Two ends of one in-process channel; delivery is asynchronous, as over a wire. */
export function channelPair(): [Channel, Channel] {
  const ends = [makeEnd(), makeEnd()] as const;
  const link = (from: End, to: End): Channel => ({
    post: (data) => queueMicrotask(() => to.deliver(data)),
    onMessage: (listener) => void from.messages.add(listener),
    onClose: (listener) => void from.closes.add(listener),
    close: () => {
      from.end();
      to.end();
    },
  });
  return [link(ends[0], ends[1]), link(ends[1], ends[0])];
}

interface End {
  messages: Set<(data: string | Uint8Array) => void>;
  closes: Set<() => void>;
  deliver(data: string | Uint8Array): void;
  end(): void;
}

function makeEnd(): End {
  let open = true;
  const end: End = {
    messages: new Set(),
    closes: new Set(),
    deliver: (data) => {
      if (open) for (const listener of end.messages) listener(data);
    },
    end: () => {
      if (!open) return;
      open = false;
      for (const listener of end.closes) listener();
    },
  };
  return end;
}
