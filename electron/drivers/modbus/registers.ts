import { formatDecimal, roundDecimal } from '../../../shared/units/units.ts';
import type { SourceOf } from '../driver.ts';

export type ModbusSource = SourceOf<'modbus'>;
type Format = Pick<ModbusSource, 'type' | 'wordOrder' | 'decimals'>;

/** Beyond this a float is a marker (overload, no sensor), as with SCPI's 9.9E37. */
const largest = 1e30;

/** Registers (16 bits each) that a number takes. */
export const registersOf = (type: ModbusSource['type']): 1 | 2 => (type.endsWith('16') ? 1 : 2);

/**
 * The registers' bytes, high byte first as Modbus sends them, as decimal text: a whole number is shifted by its
 * decimals, exact; a float is the shortest text that is this very float, rounded to its decimals. Undefined for what
 * is no number.
 */
export function registerText(bytes: Uint8Array, { type, wordOrder, decimals }: Format): string | undefined {
  const [one, two] = [bytes.subarray(0, 2), bytes.subarray(2, 4)];
  const inOrder = Buffer.concat(wordOrder === 'low-first' ? [two, one] : [one, two]);
  switch (type) {
    case 'int16':
      return shifted(inOrder.readInt16BE(), decimals);
    case 'uint16':
      return shifted(inOrder.readUInt16BE(), decimals);
    case 'int32':
      return shifted(inOrder.readInt32BE(), decimals);
    case 'uint32':
      return shifted(inOrder.readUInt32BE(), decimals);
    case 'float32': {
      const value = inOrder.readFloatBE();
      if (!Number.isFinite(value) || Math.abs(value) > largest) return undefined;
      return roundDecimal(shortestFloat32(value), decimals);
    }
  }
}

const shifted = (digits: number, places: number): string => formatDecimal({ digits: BigInt(digits), places });

/** Nine significant digits tell every float32 from its neighbours (IEEE 754, 5.12.2); most need fewer. */
export function shortestFloat32(value: number): string {
  for (let digits = 1; digits < 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return value.toPrecision(9);
}
