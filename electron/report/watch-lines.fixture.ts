import { vi } from 'vitest';
import { Typesetter } from './typesetter.ts';

/** Every line as it is set, with the place of its box. */
export function watchLines(): { text: string; x: number; right: number; y: number; bottom: number }[] {
  const lines: ReturnType<typeof watchLines> = [];
  const set = Object.getOwnPropertyDescriptor(Typesetter.prototype, 'line')?.value as Typesetter['line'];
  vi.spyOn(Typesetter.prototype, 'line').mockImplementation(function (this: Typesetter, text, x, y, style) {
    const drawn = text.replaceAll('\u00a0', ' ');
    lines.push({ text: drawn, x, right: x + this.width(text, style), y, bottom: y + this.lineHeight(style) });
    set.call(this, text, x, y, style);
  });
  return lines;
}
