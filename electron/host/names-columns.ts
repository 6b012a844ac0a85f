export type Field = 'tag' | 'asset' | 'location' | 'hardwareId';

/** What people call the columns, in lower case without spaces and marks. */
const headings: Readonly<Record<Field, readonly string[]>> = {
  tag: ['tag', 'tagno', 'tagnumber', 'tagname', 'messstelle', 'kennzeichen', 'kennzeichnung', 'stelle'],
  asset: ['asset', 'assetno', 'assetnumber', 'inventar', 'inventarnummer', 'inventarnr', 'anlagennummer'],
  location: ['location', 'place', 'site', 'ort', 'einbauort', 'standort', 'aufstellort'],
  hardwareId: ['hardwareid', 'unit', 'unitid', 'id', 'gerät', 'geräteid', 'hardwarekennung', 'seriennummer'],
};
const withoutHeading: readonly Field[] = ['tag', 'asset', 'location', 'hardwareId'];

/** Which column is what. The first line is a heading where it names a tag; columns with other names are passed over. */
export function columnsOf(
  first: readonly string[],
): { heading: boolean; columns: (Field | null)[] } | { mistake: string } {
  const columns = first.map(fieldOf);
  if (!columns.includes('tag')) {
    if (columns.filter((field) => field !== null).length > 1) {
      return { mistake: 'the heading names no column "tag"' };
    }
    return { heading: false, columns: [...withoutHeading] };
  }
  const twice = columns.find((field, index) => field !== null && columns.indexOf(field) !== index);
  if (twice) return { mistake: `the heading names the column "${twice}" twice` };
  return columns.includes('location')
    ? { heading: true, columns }
    : { mistake: 'the heading names no column "location"' };
}

function fieldOf(cell: string): Field | null {
  const name = cell.toLowerCase().replace(/[^\p{L}\d]/gu, '');
  return withoutHeading.find((field) => headings[field].includes(name)) ?? null;
}

/** What stands most often outside of quotation marks in the first line that is not empty. */
export function delimiterOf(text: string): string {
  const line = text.split(/\r\n|\r|\n/).find((each) => each.trim() !== '') ?? '';
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = [';', '\t', ','].map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  counts.sort((a, b) => b.count - a.count);
  return counts[0]?.delimiter ?? ';';
}
