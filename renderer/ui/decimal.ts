/** Exact decimal text from what a person typed: `25,0` and `+25.0` are `25.0`. Null where it is not a number. */
export function parseDecimal(typed: string): string | null {
  const text = typed.trim().replace(',', '.').replace('−', '-').replace(/^\+/, '');
  const match = /^(-?)0*(\d+)(\.\d+)?$/.exec(text.startsWith('.') ? `0${text}` : text);
  if (match === null) return null;
  return `${match[1] ?? ''}${match[2] ?? ''}${match[3] ?? ''}`;
}

/** As people of that language read it: a true minus sign, their decimal mark. Digits stay exactly as they are. */
export function showDecimal(text: string, language: string): string {
  const mark = language.startsWith('de') ? ',' : '.';
  return text.replace('-', '−').replace('.', mark);
}

/** With its sign always shown, as errors and differences are written. */
export function showSigned(text: string, language: string): string {
  const zero = /^-?0(\.0*)?$/.test(text);
  const shown = showDecimal(zero ? text.replace('-', '') : text, language);
  return zero ? `±${shown}` : shown.startsWith('−') ? shown : `+${shown}`;
}
