import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ideographicFile, readFont } from './font-files.ts';

export type Face = 'text' | 'strong' | 'mono';

/** The font of `resources/fonts`, from the sources as from the bundle: both lie two folders below the root. */
export const fontsBeside = fileURLToPath(new URL('../../resources/fonts', import.meta.url));

/** Each font comes as one file a script; the first that has a character sets it. */
const scripts = ['latin', 'latin-ext', 'greek', 'cyrillic'] as const;
const fileOf: Record<Face, (script: string) => string> = {
  text: (script) => `source-sans-3-${script}-400-normal.woff`,
  strong: (script) => `source-sans-3-${script}-600-normal.woff`,
  mono: (script) => `jetbrains-mono-${script}-400-normal.woff`,
};
const faces = Object.keys(fileOf) as Face[];

/** A stretch of text that one font file can set. */
export interface Run {
  font: string;
  text: string;
}

/** pdfkit keeps the opened font to itself; this is the part of it that says what it can set. */
interface OpenedFont {
  _font: { font: { hasGlyphForCodePoint(point: number): boolean } };
}

export class Fonts {
  private readonly document: PDFKit.PDFDocument;
  /** Of Chinese, Japanese and Korean: one weight serves every face. */
  private readonly ideographs: string;
  private readonly known = new Map<string, string>();
  private readonly registered = new Set<string>();
  /** Characters that no font here has: printed as their codes. */
  readonly missing = new Set<string>();

  /** FILE_UNREADABLE when a font file is missing. */
  constructor(document: PDFKit.PDFDocument, directory: string) {
    this.document = document;
    this.ideographs = join(directory, 'cjk');
    for (const face of faces) {
      for (const script of scripts)
        document.registerFont(`${face} ${script}`, readFont(join(directory, fileOf[face](script))));
    }
  }

  /** The text as runs, every character of it: one that no font has is written out as its code, never dropped. */
  runs(text: string, face: Face): Run[] {
    const runs: Run[] = [];
    for (const character of text) {
      const font = this.fontFor(character, face);
      if (font === undefined) this.missing.add(character);
      const run =
        font === undefined ? { font: `${face} latin`, text: codeOf(character) } : { font, text: character };
      const last = runs.at(-1);
      if (last?.font === run.font) last.text += run.text;
      else runs.push(run);
    }
    return runs;
  }

  private fontFor(character: string, face: Face): string | undefined {
    const key = face + character;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const point = character.codePointAt(0) ?? 0;
    const font =
      scripts.map((script) => `${face} ${script}`).find((name) => this.has(name, point)) ??
      this.ideographic(point);
    if (font !== undefined) this.known.set(key, font);
    return font;
  }

  private ideographic(point: number): string | undefined {
    const file = ideographicFile(point, this.ideographs);
    if (file === undefined) return undefined;
    if (!this.registered.has(file)) {
      this.document.registerFont(file, readFont(join(this.ideographs, file)));
      this.registered.add(file);
    }
    return file;
  }

  private has(name: string, point: number): boolean {
    this.document.font(name);
    return (this.document as unknown as OpenedFont)._font.font.hasGlyphForCodePoint(point);
  }
}

export const codeOf = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
