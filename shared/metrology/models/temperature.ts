import { RequestError } from '../request.ts';
import { compareReal, fromText, fromWhole, plus, type Real } from './real/real.ts';

const absoluteZero = fromText('273.15');
/** Hotter than any resistance thermometer: a number beyond it is a resistance in the wrong place. */
const hottest = fromWhole(2000);

/** Kelvin of degC. */
export const kelvin = (celsius: Real): Real => plus(celsius, absoluteZero);

/** Temperatures in degC of a request; refuses what cannot be one, which finds x and y exchanged. */
export function temperatures(texts: readonly string[], path: string): Real[] {
  return texts.map((text, i) => {
    const value = fromText(text);
    if (kelvin(value).whole <= 0n || compareReal(value, hottest) > 0)
      throw new RequestError(
        `${path}.${i}`,
        `holds temperatures in degC, which ${text} cannot be; are x and y exchanged?`,
      );
    return value;
  });
}

/** Resistances in ohm of a request, above zero. */
export function resistances(texts: readonly string[], path: string): Real[] {
  return texts.map((text, i) => {
    const value = fromText(text);
    if (value.whole <= 0n)
      throw new RequestError(
        `${path}.${i}`,
        `holds resistances in ohm, which ${text} cannot be; are x and y exchanged?`,
      );
    return value;
  });
}
