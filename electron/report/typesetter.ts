import type { Face, Fonts } from './fonts.ts';

export interface Style {
  face: Face;
  /** Points. */
  size: number;
  colour?: string;
}

export const ink = '#111111';
/** 7:1 on white. */
export const grey = '#595959';

/** Space from one baseline to the next, as a multiple of the size. */
const leading = 1.28;
/** Ascent that both typefaces keep to, as a multiple of the size. */
const ascent = 0.98;

/** JetBrains Mono would join `->` and `!=` into one sign; a printed byte must stay a byte. */
const asTyped = { calt: false } as unknown as PDFKit.Mixins.OpenTypeFeatures[];

/** Sets single lines and breaks paragraphs, over as many font files as the characters need. */
export class Typesetter {
  private readonly document: PDFKit.PDFDocument;
  private readonly fonts: Fonts;
  private readonly measured = new Map<string, number>();

  constructor(document: PDFKit.PDFDocument, fonts: Fonts) {
    this.document = document;
    this.fonts = fonts;
  }

  /** Characters that were printed as their codes so far, because no font has them. */
  get missing(): readonly string[] {
    return [...this.fonts.missing];
  }

  lineHeight(style: Style): number {
    return style.size * leading;
  }

  width(text: string, style: Style): number {
    return this.measure(text, style) * style.size;
  }

  /** Width at a size of one point; a document has the same words over and over. */
  private measure(text: string, style: Style): number {
    const key = `${style.face} ${text}`;
    const known = this.measured.get(key);
    if (known !== undefined) return known;
    const width = this.fonts.runs(text, style.face).reduce((sum, run) => {
      const line = this.document.font(run.font).fontSize(1);
      return sum + line.widthOfString(run.text, this.options(style));
    }, 0);
    this.measured.set(key, width);
    return width;
  }

  /** Draws one line with its top left corner at x, y. A space that holds words together is drawn as any other. */
  line(text: string, x: number, y: number, style: Style): void {
    let at = x;
    for (const run of this.fonts.runs(text.replaceAll('\u00a0', ' '), style.face)) {
      this.document
        .font(run.font)
        .fontSize(style.size)
        .fillColor(style.colour ?? ink);
      this.document.text(run.text, at, y + style.size * ascent, {
        ...this.options(style),
        baseline: 'alphabetic',
      });
      at += this.document.widthOfString(run.text, this.options(style));
    }
  }

  /** Lines no wider than `width`: broken at spaces (U+00A0 is none), and within a word where the word alone is too wide. */
  break(text: string, style: Style, width: number): string[] {
    const lines: string[] = [];
    const space = this.width(' ', style);
    let line = '';
    let used = 0;
    for (const word of text.replaceAll(/\p{Cc}+/gu, ' ').split(' ')) {
      const advance = this.width(word, style);
      const fits = line === '' ? advance <= width : used + space + advance <= width;
      if (fits) {
        used = line === '' ? advance : used + space + advance;
        line = line === '' ? word : `${line} ${word}`;
        continue;
      }
      if (line !== '') lines.push(line);
      const pieces = this.cut(word, style, width);
      line = pieces.pop() ?? '';
      used = this.width(line, style);
      lines.push(...pieces);
    }
    return [...lines, line];
  }

  private cut(word: string, style: Style, width: number): string[] {
    const pieces: string[] = [];
    let piece = '';
    let used = 0;
    for (const character of word) {
      const advance = this.width(character, style);
      if (piece !== '' && used + advance > width) {
        pieces.push(piece);
        piece = '';
        used = 0;
      }
      piece += character;
      used += advance;
    }
    return [...pieces, piece];
  }

  private options(style: Style): PDFKit.Mixins.TextOptions {
    return { lineBreak: false, ...(style.face === 'mono' ? { features: asTyped } : {}) };
  }
}
