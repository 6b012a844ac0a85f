/** Hears what a device sends; a promise where the line is slower than the device. */
export type Listener = (bytes: Uint8Array) => void | Promise<void>;

/** What is at the far end of a simulated line: a board or the reference instrument. */
export interface Endpoint {
  /** Takes bytes from the app; resolves when they are in the device's hands. May wait for ever (a wedged board). */
  receive(bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  /** Nobody while no line is open. */
  listener: Listener | null;
}
