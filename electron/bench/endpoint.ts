/** What is at the far end of a simulated line: a board or the reference instrument. */
export interface Endpoint {
  /** Takes bytes from the app; resolves when they are in the device's hands. May wait for ever (a wedged board). */
  receive(bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  /** Who hears what the device sends; nobody while no line is open. */
  listener: ((bytes: Uint8Array) => void) | null;
}
