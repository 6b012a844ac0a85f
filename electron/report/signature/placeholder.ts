import { createHash } from 'node:crypto';
import { dictionaryOf, firstPage, type PdfEnd, readEnd } from './own-pdf.ts';

/** Room for the signature: a certificate and its chain have some kilobytes each. */
export const signatureRoom = 24_000;

export interface PreparedPdf {
  bytes: Buffer;
  /** Where the hex of the signature begins, behind its `<`; `signatureRoom` bytes as hex. */
  hexAt: number;
}

/** Text of a PDF as UTF-16 hex: nothing in it can end the string (ISO 32000-1 7.9.2.2). */
const textOf = (text: string): string => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;

/** `D:20260101120000Z` (ISO 32000-1 7.9.4). */
const dateOf = (at: number): string => `(D:${new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')})`;

interface Piece {
  object: number;
  text: string;
}

/**
 * The PDF with an empty signature behind it, as an incremental update (ISO 32000-1 7.5.6): what was there stays byte
 * for byte. The field is not visible, which PDF/A allows (ISO 19005-3 6.3.3: no appearance where the box is empty).
 */
export function prepare(
  pdf: Uint8Array,
  { reason, name, at }: { reason: string; name: string; at: number },
): PreparedPdf {
  const original = Buffer.from(pdf);
  const text = original.toString('latin1');
  const end = readEnd(text);
  const page = firstPage(text, end);
  const [signature, field, form] = [end.size, end.size + 1, end.size + 2];
  const value = [
    '/Type /Sig',
    '/Filter /Adobe.PPKLite',
    '/SubFilter /adbe.pkcs7.detached',
    `/M ${dateOf(at)}`,
    `/Name ${textOf(name)}`,
    `/Reason ${textOf(reason)}`,
    // As many digits as any offset has; filled in once the places are known.
    `/ByteRange [0 ${'9'.repeat(10)} ${'9'.repeat(10)} ${'9'.repeat(10)}]`,
    `/Contents <${'0'.repeat(signatureRoom * 2)}>`,
  ].join('\n');
  const widget = `/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T (Signature)\n/Rect [0 0 0 0]\n/F 132\n/P ${page} 0 R\n/V ${signature} 0 R`;
  const pieces: Piece[] = [
    { object: end.root, text: withForm(dictionaryOf(text, end, end.root), form) },
    { object: page, text: withWidget(dictionaryOf(text, end, page), field) },
    { object: signature, text: value },
    { object: field, text: widget },
    { object: form, text: `/SigFlags 3\n/Fields [${field} 0 R]` },
  ];
  return fillRange(update(original, end, pieces), original.length);
}

function withForm(catalogue: string, form: number): string {
  if (/^\/AcroForm /m.test(catalogue)) throw new Error('the PDF has a form or a signature already');
  return `${catalogue}\n/AcroForm ${form} 0 R`;
}

function withWidget(page: string, field: number): string {
  const annotations = /^\/Annots \[([^\]]*)\]$/m;
  const known = annotations.exec(page);
  if (!known) return `${page}\n/Annots [${field} 0 R]`;
  return page.replace(annotations, () => `/Annots [${`${known[1] ?? ''} ${field} 0 R`.trim()}]`);
}

/** New and changed objects behind the file, with a reference table that leads back to the one before. */
function update(original: Buffer, end: PdfEnd, pieces: readonly Piece[]): Buffer {
  let body = original.at(-1) === 10 ? '' : '\n';
  const places = new Map<number, number>();
  for (const { object, text } of pieces) {
    places.set(object, original.length + body.length);
    body += `${object} 0 obj\n<<\n${text}\n>>\nendobj\n`;
  }
  const tableAt = original.length + body.length;
  const table = [...places]
    .sort(([a], [b]) => a - b)
    .map(([object, offset]) => `${object} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  const changed = createHash('md5').update(original).update(body).digest('hex');
  const trailer = [
    `/Size ${end.size + 3}`,
    `/Prev ${end.tableAt}`,
    `/Root ${end.root} 0 R`,
    `/Info ${end.info} 0 R`,
    // ISO 32000-1 14.4: the first part is the document's, the second that of this state of it.
    `/ID [<${end.id}> <${changed}>]`,
  ];
  body += `xref\n${table.join('')}trailer\n<<\n${trailer.join('\n')}\n>>\nstartxref\n${tableAt}\n%%EOF\n`;
  return Buffer.concat([original, Buffer.from(body, 'latin1')]);
}

/** The signature is over all bytes but its own (ISO 32000-1 12.8.1). Only what was put in is looked through. */
function fillRange(bytes: Buffer, from: number): PreparedPdf {
  const contents = '\n/Contents <';
  const open = bytes.indexOf(contents, from) + contents.length - 1;
  const close = open + 1 + signatureRoom * 2 + 1;
  const rangeAt = bytes.indexOf('[0 9999999999', from);
  const range = `[0 ${open} ${close} ${bytes.length - close}]`;
  bytes.write(
    range.padEnd(`[0 ${'9'.repeat(10)} ${'9'.repeat(10)} ${'9'.repeat(10)}]`.length),
    rangeAt,
    'latin1',
  );
  return { bytes, hexAt: open + 1 };
}
