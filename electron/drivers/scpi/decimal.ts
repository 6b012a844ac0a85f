/** Beyond this many decades a number is a marker (SCPI 9.9E37 is overload, 9.91E37 is "not a number"), no reading. */
const exponentMax = 30;

/**
 * An instrument's number as plain decimal text, digit for digit: `+2.501340E+01` becomes `25.01340`. No float on the
 * way, trailing zeros stay (they are the resolution). Undefined for anything that is not a finite number (NR1, NR2,
 * NR3 of IEEE 488.2).
 */
export function plainDecimal(text: string): string | undefined {
  const match = /^([+-]?)(\d{0,20})(?:\.(\d{0,20}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const exponent = Number(match[4] ?? 0);
  if (whole === '' && fraction === '') return undefined;
  if (Math.abs(exponent) > exponentMax) return undefined;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = digits.padStart(digits.length + Math.max(0, -point), '0');
  const at = Math.max(0, point);
  const integer =
    padded
      .slice(0, at)
      .padEnd(at, '0')
      .replace(/^0+(?=\d)/, '') || '0';
  const decimals = padded.slice(at);
  const zero = /^0*$/.test(digits);
  return `${sign === '-' && !zero ? '-' : ''}${integer}${decimals ? `.${decimals}` : ''}`;
}
