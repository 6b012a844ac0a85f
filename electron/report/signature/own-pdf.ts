/** A reference table at a PDF's end, and what its trailer names; offsets are of bytes. */
export interface PdfEnd {
  /** Where the reference table begins. */
  tableAt: number;
  /** Objects are numbered below this. */
  size: number;
  root: number;
  info: number;
  /** The file's first id, hex. */
  id: string;
  offsetOf: (object: number) => number;
}

// What is read here is what pdfkit wrote a moment ago: a plain reference table, one entry a line. It is no reader of
// other people's files, and says so where something is not as pdfkit leaves it.

const strange = (detail: string): Error => new Error(`this PDF is not one of ours: ${detail}`);

function found(pattern: RegExp, text: string, what: string): string {
  const value = pattern.exec(text)?.[1];
  if (value === undefined) throw strange(`${what} is missing`);
  return value;
}

/** `text` is the file's bytes as Latin-1. */
export function readEnd(text: string): PdfEnd {
  const tableAt = Number(found(/\nstartxref\n(\d{1,10})\n%%EOF\n?$/, text.slice(-64), 'the end'));
  const table = text.slice(tableAt);
  const entries = Number(found(/^xref\n0 (\d{1,7})\n/, table, 'the reference table'));
  const first = table.indexOf('\n', 5) + 1;
  const trailer = table.slice(first + entries * 20);
  return {
    tableAt,
    size: Number(found(/^\/Size (\d+)$/m, trailer, 'the size')),
    root: Number(found(/^\/Root (\d+) 0 R$/m, trailer, 'the catalogue')),
    info: Number(found(/^\/Info (\d+) 0 R$/m, trailer, 'the information')),
    id: found(/^\/ID \[<([0-9a-f]{32})>/m, trailer, 'the id'),
    offsetOf: (object) =>
      Number(
        found(
          /^(\d{10}) 00000 n \n$/,
          table.slice(first + object * 20, first + object * 20 + 20),
          `object ${object}`,
        ),
      ),
  };
}

/** The dictionary of an object without its brackets, one entry a line. */
export function dictionaryOf(text: string, { offsetOf }: PdfEnd, object: number): string {
  const at = offsetOf(object);
  const own = text.slice(at, text.indexOf('\nendobj\n', at));
  return found(new RegExp(`^${object} 0 obj\n<<\n([^]*)\n>>$`), own, `the dictionary of object ${object}`);
}

/** The first page that the catalogue leads to. */
export function firstPage(text: string, end: PdfEnd): number {
  const pages = found(/^\/Pages (\d+) 0 R$/m, dictionaryOf(text, end, end.root), 'the list of pages');
  return Number(found(/^\/Kids \[(\d+) 0 R/m, dictionaryOf(text, end, Number(pages)), 'the first page'));
}
