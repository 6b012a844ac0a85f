import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ideographicFile } from './font-files.ts';
import { openFont, selectFont } from './opened-fonts.ts';

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

/** A stretch of text that one font file can set. */
export interface Run {
  /** Its name within the document. */
  font: string;
  text: string;
}

export class Fonts {
  private readonly document: PDFKit.PDFDocument;
  /** Font files of each face, in the order in which they are asked. */
  private readonly files: Readonly<Record<Face, readonly string[]>>;
  /** Of Chinese, Japanese and Korean: one weight serves every face. */
  private readonly ideographs: string;
  private readonly known = new Map<string, string>();
  private readonly used = new Set<string>();
  /** Characters that no font here has: printed as their codes. */
  readonly missing = new Set<string>();

  constructor(document: PDFKit.PDFDocument, directory: string) {
    this.document = document;
    this.ideographs = join(directory, 'cjk');
    const filesOf = (face: Face): string[] => scripts.map((script) => join(directory, fileOf[face](script)));
    this.files = { text: filesOf('text'), strong: filesOf('strong'), mono: filesOf('mono') };
  }

  /**
   * The text as runs, every character of it: one that no font has is written out as its code, never dropped.
   * FILE_UNREADABLE when a font file that is asked for it is missing.
   */
  runs(text: string, face: Face): Run[] {
    const runs: Run[] = [];
    for (const character of text) {
      const font = this.fontFor(character, face);
      if (font === undefined) this.missing.add(character);
      const run =
        font === undefined
          ? { font: this.fontFor('U', face) ?? '', text: codeOf(character) }
          : { font, text: character };
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
      this.files[face].find((path) => openFont(this.document, path).parsed.hasGlyphForCodePoint(point)) ??
      this.ideographic(point);
    if (font === undefined) return undefined;
    this.known.set(key, font);
    if (!this.used.has(font)) selectFont(this.document, font);
    this.used.add(font);
    return font;
  }

  private ideographic(point: number): string | undefined {
    const file = ideographicFile(point, this.ideographs);
    return file === undefined ? undefined : join(this.ideographs, file);
  }
}

export const codeOf = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
