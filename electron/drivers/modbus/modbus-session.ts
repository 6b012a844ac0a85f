import type { ReferenceIdentity } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Transport } from '../../transport/transport.ts';
import type { ReferenceSession } from '../driver.ts';
import { Queue } from '../queue.ts';
import { ModbusLine, type ModbusTiming } from './modbus-line.ts';
import { type ModbusSource, registersOf, registerText } from './registers.ts';

/** A reference whose reading stands in a register of a Modbus server. It does not say who it is: the register does. */
export class ModbusSession implements ReferenceSession {
  readonly port: string;
  readonly closed: Promise<unknown>;
  readonly #transport: Transport;
  readonly #source: ModbusSource;
  readonly #line: ModbusLine;
  readonly #queue = new Queue();
  readonly #signal: AbortSignal | undefined;

  constructor(
    transport: Transport,
    options: { source: ModbusSource; signal?: AbortSignal; timing?: Partial<ModbusTiming> },
  ) {
    this.port = transport.port;
    this.closed = transport.closed;
    this.#transport = transport;
    this.#source = options.source;
    this.#line = new ModbusLine(transport, options.timing);
    this.#signal = options.signal;
  }

  /** Reads the register once: what cannot be read is told before it is measured with. */
  async identify(): Promise<ReferenceIdentity> {
    await this.read();
    const { unitId, table, address, unit } = this.#source;
    const model = `Modbus unit ${unitId}, ${table} register ${address}`;
    return { maker: '', model, serial: '', firmware: '', unit, source: false };
  }

  read(options: { signal?: AbortSignal } = {}): Promise<{ value: string; at: number }> {
    return this.#queue.run(async () => {
      const { unitId, table, address, type } = this.#source;
      const fn = table === 'holding' ? 3 : 4;
      const request = { unitId, fn, address, count: registersOf(type) } as const;
      const signal = options.signal ?? this.#signal;
      const bytes = await this.#line.read(request, { during: 'reading the reference', signal });
      const at = Date.now();
      const value = registerText(bytes, this.#source);
      if (value !== undefined) return { value, at };
      throw this.#unreadable(`the float in its register is no number (${bytes.toString('hex')})`);
    });
  }

  setPoint(): Promise<void> {
    return Promise.reject(this.#unreadable('a Modbus reference is not driven to set points'));
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  #unreadable(detail: string): Failure {
    return new Failure('REFERENCE_UNREADABLE', { port: this.port, detail });
  }
}
