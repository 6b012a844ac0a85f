import { type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import type { Channel } from '../../shared/contract/channel.ts';
import { connectMessage, isNonce, portMessage } from './agreed.ts';
import { isPage } from './security.ts';

/**
 * The only message the main process listens to: the page asks for its channel and is sent one end of a new pair.
 * `windowId` is the id of the window's contents; anyone else who asks gets no answer.
 */
export function acceptChannels(windowId: number, onChannel: (channel: Channel) => void): void {
  ipcMain.on(connectMessage, (event, nonce: unknown) => {
    const frame = event.senderFrame;
    if (!isOurs(event, windowId) || frame === null || !isNonce(nonce)) return;
    const { port1, port2 } = new MessageChannelMain();
    onChannel(portChannel(port1));
    frame.postMessage(portMessage, nonce, [port2]);
  });
}

/** The main frame of our window, showing our page. The frame is null when it has navigated or gone meanwhile. */
export function isOurs(event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>, windowId: number): boolean {
  const { sender, senderFrame } = event;
  return (
    sender.id === windowId && senderFrame !== null && senderFrame.parent === null && isPage(senderFrame.url)
  );
}

/** A message port as a channel. Messages are copied; a port of the main process cannot hand over buffers. */
export function portChannel(port: MessagePortMain): Channel {
  const closes = new Set<() => void>();
  let open = true;
  const end = (): void => {
    if (!open) return;
    open = false;
    for (const listener of closes) listener();
  };
  port.on('close', end);
  return {
    post: (data) => {
      if (open) port.postMessage(data);
    },
    onMessage: (listener) => {
      port.on('message', ({ data }: { data: unknown }) => {
        if (typeof data === 'string' || data instanceof Uint8Array) listener(data);
      });
      // Messages that came before anyone listened are kept until start().
      port.start();
    },
    onClose: (listener) => void closes.add(listener),
    close: () => {
      port.close();
      end();
    },
  };
}
