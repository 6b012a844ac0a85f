import type { Transport } from '../transport/transport.ts';

const patienceMs = 10_000;

/** For tests: says things to a device byte for byte and waits for what it answers. */
export class Talk {
  readonly line: Transport;
  #received = '';
  #waiting: (() => void) | null = null;

  constructor(line: Transport) {
    this.line = line;
    line.onData((bytes) => {
      this.#received += Buffer.from(bytes).toString('latin1');
      this.#waiting?.();
    });
  }

  /** What has arrived and was not yet taken by `until`. */
  get received(): string {
    return this.#received;
  }

  say(text: string): Promise<void> {
    return this.line.write(Buffer.from(text, 'latin1'));
  }

  /** Everything up to and with the first `end`. */
  async until(end: string): Promise<string> {
    const late = Date.now() + patienceMs;
    for (;;) {
      const at = this.#received.indexOf(end);
      if (at >= 0) {
        const taken = this.#received.slice(0, at + end.length);
        this.#received = this.#received.slice(at + end.length);
        return taken;
      }
      const left = late - Date.now();
      if (left <= 0)
        throw new Error(`${JSON.stringify(end)} did not come, but ${JSON.stringify(this.#received)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async ask(text: string, end: string): Promise<string> {
    await this.say(text);
    return this.until(end);
  }

  /** Waits until the friendly REPL answers and all that it said before is read. */
  async ready(): Promise<void> {
    await this.ask('print("re"+"ady")\r', 'ready\r\n>>> ');
  }

  /** Interrupts whatever runs and enters the raw REPL. */
  async enterRaw(): Promise<void> {
    await this.ask('\r\x03\x03\r\x01', 'raw REPL; CTRL-B to exit\r\n>');
  }

  /** Runs code in the raw REPL: what it printed, and its traceback. */
  async run(code: string): Promise<{ out: string; error: string }> {
    await this.ask(`${code}\x04`, 'OK');
    const out = await this.until('\x04');
    const error = await this.until('\x04>');
    return { out: out.slice(0, -1), error: error.slice(0, -2) };
  }
}
