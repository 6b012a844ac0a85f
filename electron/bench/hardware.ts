import { randomBytes } from 'node:crypto';
import { type BathShare, physicsTime, readBath } from './bath-share.ts';
import type { BoardMessage, BoardStart } from './board-messages.ts';
import type { BoardConsole } from './console.ts';
import { bathAt } from './physics.ts';
import { seedFor } from './random.ts';
import { plainSensor, pt100, readU16, type SensorKind, sensorErrors } from './sensor.ts';

/** The sensors in the bath: ADC channel (GPIO 26 is 0), kind, and what their errors and noise are drawn with. */
const bathSensors = [
  { channel: 0, kind: plainSensor, errors: (seed: number) => seed, noisePart: 7 },
  { channel: 1, kind: pt100, errors: (seed: number) => seedFor(seed, 8), noisePart: 9 },
];
const coreChannel = 4;
/** 27 degC by the RP2040 data sheet: 0.706 V of 3.3 V. */
const coreReading = 14_020;

/** Ends this thread's work for good: the main thread will replace it. */
export function haltForever(): never {
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) Atomics.wait(never, 0, 0);
}

/** The module `_hw` that `/rom/machine.py` and `/rom/_start.py` are written against. */
export function hardware(
  start: BoardStart,
  console: BoardConsole,
  post: (message: BoardMessage) => void,
): Record<string, (...args: number[]) => number | string | boolean> {
  const bath: BathShare = {
    version: new Int32Array(start.bathVersion),
    values: new Float64Array(start.bathValues),
  };
  const sensors = new Map(
    bathSensors.map(({ channel, kind, errors, noisePart }) => [
      channel,
      sensorAt(kind, errors(start.sensorSeed), seedFor(start.sensorSeed, noisePart)),
    ]),
  );
  const pins = new Map<number, number>();
  return {
    unique_id: () => start.hardwareId,
    reset_cause: () => (start.resetCause === 'power' ? 1 : 3),
    reset() {
      post({ kind: 'reset', mode: 'power' });
      return haltForever();
    },
    random: (length = 0) => randomBytes(length).toString('hex'),
    sleep: (milliseconds = 0) => console.sleep(milliseconds),
    pin: (pin = 0) => pins.get(pin) ?? 0,
    set_pin(pin = 0, value = 0) {
      if (pins.get(pin) !== value) post({ kind: 'pin', pin, value });
      pins.set(pin, value);
      return value;
    },
    adc(channel = 0) {
      console.poll();
      if (channel === coreChannel) return coreReading;
      const read = sensors.get(channel);
      if (!read) return 0;
      return read(bathAt(readBath(bath), physicsTime(start.epoch, start.timeFactor), start.bathSeed));
    },
  };
}

/** One sensor: a conversion at a temperature, degC, to 0..65535. */
function sensorAt(kind: SensorKind, seed: number, noiseSeed: number): (celsius: number) => number {
  const errors = sensorErrors(kind, seed);
  let conversion = 0;
  return (celsius) => {
    conversion += 1;
    return readU16(kind, errors, celsius, { seed: noiseSeed, conversion });
  };
}
