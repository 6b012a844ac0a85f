/** The reference thermometer's command set, as a pure table over what it can sense and do. */
export interface ReferenceHardware {
  /** One reading of the bath, degC. */
  read(): number;
  setPoint(): number;
  setSetPoint(celsius: number): void;
}

const identity = 'Plumbline,Bench Thermometer,REF-0001,1.0';
const lowestSetPoint = -20;
const highestSetPoint = 120;
/** IEEE 488.2 asks for a bounded queue; the last entry then says so. */
const longestQueue = 16;

/** `2.501340E+01`: seven digits, an exponent of at least two. NR3 of IEEE 488.2. */
export const scpiNumber = (value: number): string =>
  value
    .toExponential(6)
    .replace(/e([+-])(\d+)$/, (_, sign: string, digits: string) => `E${sign}${digits.padStart(2, '0')}`);

/** One line in, the answer out; null where nothing is answered. */
export class ScpiReference {
  readonly #hardware: ReferenceHardware;
  readonly #errors: string[] = [];

  constructor(hardware: ReferenceHardware) {
    this.#hardware = hardware;
  }

  answer(line: string): string | null {
    const [, header = '', argument = ''] = /^\s*:?(\S*)\s*(.*?)\s*$/.exec(line) ?? [];
    if (header === '') return null;
    const command = commands.find(({ pattern }) => pattern.test(header));
    if (!command) return this.#fail('-113,"Undefined header"');
    return command.run(this.#hardware, argument, this);
  }

  #fail(error: string): null {
    if (this.#errors.length < longestQueue) this.#errors.push(error);
    else this.#errors[longestQueue - 1] = '-350,"Queue overflow"';
    return null;
  }

  nextError(): string {
    return this.#errors.shift() ?? '0,"No error"';
  }

  clear(): null {
    this.#errors.length = 0;
    return null;
  }

  setPoint(argument: string): null {
    if (argument === '') return this.#fail('-109,"Missing parameter"');
    const celsius = Number(argument);
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(argument)) return this.#fail('-104,"Data type error"');
    if (celsius < lowestSetPoint || celsius > highestSetPoint) return this.#fail('-222,"Data out of range"');
    this.#hardware.setSetPoint(celsius);
    return null;
  }
}

interface Command {
  pattern: RegExp;
  run(hardware: ReferenceHardware, argument: string, instrument: ScpiReference): string | null;
}

/** Short and long forms, in either case, as SCPI-99 vol. 1 §6.2 has it. */
const commands: readonly Command[] = [
  { pattern: /^\*idn\?$/i, run: () => identity },
  { pattern: /^\*(rst|cls)$/i, run: (_, __, instrument) => instrument.clear() },
  { pattern: /^read\?$/i, run: (hardware) => scpiNumber(hardware.read()) },
  { pattern: /^unit:temp(erature)?\?$/i, run: () => 'C' },
  { pattern: /^sour(ce)?:spo(int)?\?$/i, run: (hardware) => scpiNumber(hardware.setPoint()) },
  { pattern: /^sour(ce)?:spo(int)?$/i, run: (_, argument, instrument) => instrument.setPoint(argument) },
  { pattern: /^syst(em)?:err(or)?(:next)?\?$/i, run: (_, __, instrument) => instrument.nextError() },
];
