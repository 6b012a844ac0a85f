import { parse } from 'csv-parse/sync';

/** Cells of one line; null where its quotation marks do not close (a cell over several lines is not a recording's). */
export function cellsOf(line: string, delimiter: string): string[] | null {
  const plain = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (!plain.includes('"')) return plain.split(delimiter);
  try {
    const [cells = []] = parse(plain, { delimiter, relax_column_count: true, relax_quotes: true });
    return cells;
  } catch {
    return null;
  }
}
