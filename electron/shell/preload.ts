import { contextBridge, ipcRenderer } from 'electron';
import { connectMessage, isNonce, pageOrigin, portMessage } from './agreed.ts';

/** What the page sees as `window.plumbline`, and all that it sees. */
export interface Bridge {
  /**
   * Asks for a channel to the host. A `message` event follows on `window` whose data is the nonce given here (16 to
   * 64 letters, digits or hyphens) and whose only port is the channel.
   */
  connect(nonce: string): void;
}

const asked = new Set<string>();

// A port cannot pass through the context bridge; it goes by window.postMessage, and only to our own page.
const page = globalThis as unknown as {
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void;
};

ipcRenderer.on(portMessage, (event, nonce: unknown) => {
  if (isNonce(nonce) && asked.delete(nonce)) page.postMessage(nonce, pageOrigin, event.ports);
});

const bridge: Bridge = Object.freeze({
  connect: (nonce: string) => {
    if (!isNonce(nonce)) return;
    asked.add(nonce);
    ipcRenderer.send(connectMessage, nonce);
  },
});

contextBridge.exposeInMainWorld('plumbline', bridge);
