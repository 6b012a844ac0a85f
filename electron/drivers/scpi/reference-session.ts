import { DecimalText, type ReferenceIdentity } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Transport } from '../../transport/transport.ts';
import { deviceText } from '../device-text.ts';
import type { ReferenceSession } from '../driver.ts';
import { Queue } from '../queue.ts';
import { plainDecimal } from './decimal.ts';
import { type QueryOptions, ScpiLine } from './scpi-line.ts';

export interface ScpiTiming {
  replyMs: number;
  /** How long a question that not every instrument knows may go unanswered. */
  probeMs: number;
}

const usualTiming: ScpiTiming = { replyMs: 3000, probeMs: 500 };

/** `UNIT:TEMPerature?` answers (SCPI-99 volume 2, UNIT subsystem) as units of `shared/units`. */
const temperatureUnits: Record<string, string> = {
  C: 'degC',
  CEL: 'degC',
  K: 'K',
  F: 'degF',
  FAR: 'degF',
};

export class ScpiReferenceSession implements ReferenceSession {
  readonly port: string;
  readonly closed: Promise<unknown>;
  readonly #transport: Transport;
  readonly #line: ScpiLine;
  readonly #queue = new Queue();
  readonly #timing: ScpiTiming;
  readonly #signal: AbortSignal | undefined;

  constructor(transport: Transport, options: { signal?: AbortSignal; timing?: Partial<ScpiTiming> } = {}) {
    this.port = transport.port;
    this.closed = transport.closed;
    this.#transport = transport;
    this.#line = new ScpiLine(transport);
    this.#signal = options.signal;
    this.#timing = { ...usualTiming, ...options.timing };
  }

  identify(): Promise<ReferenceIdentity> {
    return this.#queue.run(async () => {
      const [maker, model, serial, firmware] = await this.#whoIsThere();
      const unitReply = await this.#line.query(
        'UNIT:TEMP?',
        this.#within('asking for the unit of the reading'),
      );
      const unit = temperatureUnits[unitReply.toUpperCase()];
      if (!unit) throw this.#unreadable(`its unit is "${deviceText(unitReply, 30)}"`);
      return { maker, model, serial, firmware, unit, source: await this.#canSource() };
    });
  }

  read(options: { signal?: AbortSignal } = {}): Promise<{ value: string; at: number }> {
    return this.#queue.run(async () => {
      const reply = await this.#line.query('READ?', this.#within('reading the reference', options.signal));
      const at = Date.now();
      const value = plainDecimal(reply);
      if (value === undefined) throw this.#unreadable(`it sent "${deviceText(reply, 60)}"`);
      return { value, at };
    });
  }

  setPoint(value: string): Promise<void> {
    return this.#queue.run(async () => {
      if (!DecimalText.safeParse(value).success) {
        throw new Failure('INTERNAL', {
          detail: `the set point ${deviceText(value, 40)} is no decimal number`,
        });
      }
      const during = this.#within('driving the reference to its set point');
      await this.#line.command('*CLS', during);
      await this.#line.command(`SOUR:SPO ${value}`, during);
      const error = await this.#line.query('SYST:ERR?', during);
      if (!/^[+-]?0,/.test(error)) {
        throw this.#unreadable(`it refused the set point ${value}: ${deviceText(error, 100)}`);
      }
    });
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #whoIsThere(): Promise<[string, string, string, string]> {
    const during = this.#within('asking the reference who it is');
    // Twice, because what an unplugged line left in the instrument's input spoils the first question.
    const reply = (await this.#line.ask('*IDN?', during)) ?? (await this.#line.query('*IDN?', during));
    const fields = reply.split(',').map((field) => deviceText(field));
    const [maker, model, serial, firmware] = fields;
    if (fields.length !== 4 || !maker || !model || serial === undefined || firmware === undefined) {
      throw this.#unreadable(`"${deviceText(reply, 100)}" is no identity (*IDN? of IEEE 488.2)`);
    }
    return [maker, model, serial, firmware];
  }

  /** An instrument that is no source answers nothing and notes an error, which is cleared. */
  async #canSource(): Promise<boolean> {
    const during = 'asking whether the reference can be driven';
    const probe = { ...this.#within(during), deadlineMs: this.#timing.probeMs };
    const reply = await this.#line.ask('SOUR:SPO?', probe);
    if (reply !== undefined && plainDecimal(reply) !== undefined) return true;
    await this.#line.ask('SYST:ERR?', probe);
    await this.#line.command('*CLS', this.#within(during));
    return false;
  }

  #within(during: string, signal = this.#signal): QueryOptions {
    return { deadlineMs: this.#timing.replyMs, during, signal };
  }

  #unreadable(detail: string): Failure {
    return new Failure('REFERENCE_UNREADABLE', { port: this.port, detail });
  }
}
