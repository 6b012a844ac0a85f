import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/contract/failure.ts';
import { importNames } from './names.ts';

const refusal = (csv: string): { line: unknown; detail: string } => {
  try {
    importNames(csv);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'LIST_INVALID') {
      return { line: thrown.params.line, detail: String(thrown.params.detail) };
    }
    throw thrown;
  }
  throw new Error('the list was taken');
};

describe('a list of names', () => {
  it.each([
    ['commas', 'tag,asset,location\nTT-1,A-1,Pump house\nTT-2,,Pump house'],
    [
      'as German Excel saves it',
      '\uFEFFTag;Inventar-Nr.;Einbauort\r\nTT-1;A-1;Pump house\r\nTT-2;;Pump house\r\n',
    ],
    [
      'tabs, another order, other columns',
      'No\tLocation\tTag\tAsset\n1\tPump house\tTT-1\tA-1\n2\tPump house\tTT-2\t',
    ],
    ['quotation marks', '"tag";"asset";"location"\n"TT-1";"A-1";"Pump house"\n"TT-2";"";"Pump house"'],
    ['no heading', 'TT-1;A-1;Pump house\n\n;;\nTT-2;;Pump house'],
    ['a note of the separator', 'sep=;\ntag;asset;location\nTT-1;A-1;Pump house\nTT-2;;Pump house'],
  ])('with %s', (_, csv) => {
    expect(importNames(csv)).toEqual([
      { hardwareId: null, tag: 'TT-1', asset: 'A-1', location: 'Pump house' },
      { hardwareId: null, tag: 'TT-2', asset: '', location: 'Pump house' },
    ]);
  });

  it('keeps what stands in quotation marks, and names units by their hardware id', () => {
    const csv = 'tag,location,unit\nTT-1,"Halle ""Süd"", Schrank 3",E6:60:58:38\nTT-2,Hof,';
    expect(importNames(csv)).toEqual([
      { hardwareId: 'e6605838', tag: 'TT-1', asset: '', location: 'Halle "Süd", Schrank 3' },
      { hardwareId: null, tag: 'TT-2', asset: '', location: 'Hof' },
    ]);
  });

  it.each([
    ['nothing', '', 1, 'empty'],
    ['a heading alone', 'tag;location\n', 1, 'nothing below'],
    ['a heading without a tag', 'asset;location\nA;B', 1, '"tag"'],
    ['a heading without a location', 'tag;asset\nA;B', 1, '"location"'],
    ['a column twice', 'tag;location;Ort\nA;B;C', 1, 'twice'],
    ['a tag twice', 'tag;location\nTT-1;Hof\nTT-2;Hof\ntt-1;Hof', 4, 'that of line 2'],
    ['a unit twice', 'tag;location;id\nTT-1;Hof;aabb\nTT-2;Hof;AA-BB', 3, 'hardware id'],
    ['no tag', 'tag;location\nTT-1;Hof\n;Hof', 3, 'tag is missing'],
    ['a tag with spaces', 'tag;location\nTT 1;Hof', 2, 'letters, digits'],
    ['no location', 'TT-1;A;Hof\nTT-2;A', 2, 'location is missing'],
    ['an id that Excel spoiled', 'tag;location;id\nTT-1;Hof;1,23E+15', 2, 'hexadecimal'],
    ['a cell too many', 'tag;location\nTT-1;Hof;surplus', 2, 'too many'],
    ['a quotation mark left open', 'tag;location\nTT-1;"Hof', 2, 'quotation mark'],
    ['another encoding', 'tag;location\nTT-1;S\uFFFDd', 2, 'UTF-8'],
    ['a text that is too long', `tag;location\nTT-1;${'x'.repeat(61)}`, 2, 'longer'],
    [
      'too many units',
      `tag;location\n${Array.from({ length: 1001 }, (_, n) => `T${n};H`).join('\n')}`,
      1002,
      'more',
    ],
  ])('is refused with the line: %s', (_, csv, line, words) => {
    const refused = refusal(csv);
    expect(refused.detail).toContain(words);
    expect(refused.line).toBe(line);
  });

  it('is taken as it was written, whatever the plates say', () => {
    const text = fc
      .stringMatching(/^[ -~äöüß]{1,60}$/)
      .map((each) => each.trim())
      .filter((each) => each !== '');
    const quoted = (each: string): string => `"${each.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(',', ';', '\t'),
        (texts, mark) => {
          const lines = texts.map((each, n) => [`T-${n}`, quoted(each)].join(mark));
          const names = importNames([`tag${mark}location`, ...lines].join('\r\n'));
          expect(names.map(({ location }) => location)).toEqual(texts);
        },
      ),
    );
  });
});
