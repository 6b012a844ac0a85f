import { readFont } from './font-files.ts';

/** What is used of a font that pdfkit has opened (fontkit 2.0.4). */
interface ParsedFont {
  characterSet: number[];
  hasGlyphForCodePoint(point: number): boolean;
  glyphForCodePoint(point: number): unknown;
}

/** pdfkit keeps the opened font to itself, and with it each word as it was set. */
interface Opening {
  _font: { font: ParsedFont; layoutCache: object };
}

type DocumentClass = new (options: PDFKit.PDFDocumentOptions) => PDFKit.PDFDocument;

interface OpenedFont {
  parsed: ParsedFont;
  /** Words that were set in this font before: setting them is most of the work of a page. */
  words: object;
}

const opened = new Map<string, OpenedFont>();
/** Of one font; a program that runs for days meets ever new numbers. */
const mostWords = 20_000;

const opening = (document: PDFKit.PDFDocument): Opening => document as unknown as Opening;

/**
 * A font of the program's own, opened once: opening and setting are done for the first document that needs it, which is
 * no different for it. FILE_UNREADABLE when the file is missing or is none.
 */
export function openFont(document: PDFKit.PDFDocument, path: string): OpenedFont {
  const known = opened.get(path);
  if (known !== undefined) return known;
  // In a document that is thrown away, so that the first one gets the same numbers for its fonts as every other.
  const scratch = new (document.constructor as DocumentClass)({ autoFirstPage: false, font: '' });
  scratch.font(readFont(path) as unknown as string);
  const parsed = opening(scratch)._font.font;
  // A glyph keeps the character that it was first asked for; two characters may share one, and a copied text must not
  // depend on which of them an earlier document had.
  for (const point of parsed.characterSet.toSorted((a, b) => a - b)) parsed.glyphForCodePoint(point);
  const font = { parsed, words: Object.create(null) as object };
  opened.set(path, font);
  return font;
}

/** Makes the font the document's present one, by the name of its path from then on. */
export function selectFont(document: PDFKit.PDFDocument, path: string): void {
  const font = openFont(document, path);
  if (Object.keys(font.words).length > mostWords) font.words = Object.create(null) as object;
  document.registerFont(path, font.parsed as unknown as string);
  document.font(path);
  opening(document)._font.layoutCache = font.words;
}
