import { roundDecimal } from './decimal.ts';
import { unitSymbol } from './measurands.ts';

/**
 * `23.51 °C`: the value to exactly `places`, a no-break space (SI brochure 5.4.3: a space before every symbol, the
 * percent sign too), and the symbol. For reading only; never parse it back.
 */
export function displayValue(value: string, unit: string, places: number): string {
  const symbol = unitSymbol(unit);
  const number = roundDecimal(value, places, 'half-even');
  return symbol === '' ? number : `${number}\u00a0${symbol}`;
}
