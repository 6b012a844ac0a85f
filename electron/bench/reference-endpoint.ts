import type { Endpoint, Listener } from './endpoint.ts';
import type { ScpiReference } from './scpi-reference.ts';

const longestLine = 256;

/** The reference instrument at the end of a line: bytes to SCPI lines and back. */
export class ReferenceEndpoint implements Endpoint {
  readonly #instrument: ScpiReference;
  #received = '';
  listener: Listener | null = null;

  constructor(instrument: ScpiReference) {
    this.#instrument = instrument;
  }

  async receive(bytes: Uint8Array): Promise<void> {
    const lines = (this.#received + Buffer.from(bytes).toString('latin1')).split('\n');
    this.#received = (lines.pop() ?? '').slice(-longestLine);
    for (const line of lines) {
      const answer = this.#instrument.answer(line);
      if (answer !== null) void this.listener?.(Buffer.from(`${answer}\n`, 'latin1'));
    }
  }
}
