const escapeByte = '\u001b';
const bell = '\u0007';

/**
 * CircuitPython sets the terminal's title whenever it likes, in the middle of a program's output too:
 * ESC ] … BEL or ESC ] … ESC \ (adafruit/circuitpython-repl-js strips the same).
 */
export function withoutTitles(text: string): string {
  let rest = text;
  let kept = '';
  for (;;) {
    const start = rest.indexOf(`${escapeByte}]`);
    if (start < 0) return kept + rest;
    kept += rest.slice(0, start);
    const title = rest.slice(start + 2);
    const ends = [title.indexOf(bell), title.indexOf(`${escapeByte}\\`)];
    const [byBell = -1, byString = -1] = ends;
    if (byBell < 0 && byString < 0) return kept;
    const belled = byBell >= 0 && (byString < 0 || byBell < byString);
    rest = belled ? title.slice(byBell + 1) : title.slice(byString + 2);
  }
}
