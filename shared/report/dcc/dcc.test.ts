import { describe, expect, it } from 'vitest';
import { exampleCertificate } from '../certificate/certificate.fixture.ts';
import { administrativeData } from './administrative.ts';
import { dccText } from './dcc.ts';
import { measurementResults } from './results.ts';
import { dccMistakes } from './rules.ts';
import { type Element, element, xmlText } from './xml.ts';

const record = exampleCertificate({ points: 3 });
const whole = (): Element => element('dcc:root', [administrativeData(record), measurementResults(record)]);

/** The document with every element changed by `change`. */
const changed = (root: Element, change: (found: Element) => Element): Element => {
  const { content } = root;
  return change({
    ...root,
    content: typeof content === 'string' ? content : content.map((child) => changed(child, change)),
  });
};

describe('a digital calibration certificate', () => {
  it('is the same text for the same record', () => {
    expect(dccText(record)).toBe(dccText(structuredClone(record)));
    expect(dccText(record)).toContain('beforeAdjustment');
  });

  it('gives degrees Celsius in kelvin first, exactly', () => {
    const [first] = record.results.asLeft?.evaluation.points ?? [];
    expect(first?.reference).toBeDefined();
    expect(dccText(record)).toMatch(/<si:unitXMLList>\\kelvin<[\s\S]*?<si:unitXMLList>\\degreecelsius</);
  });

  it('breaks no rule beyond the schema', () => {
    expect(dccMistakes(whole())).toEqual([]);
  });

  it.each<[string, (found: Element) => Element, string]>([
    [
      'a list that is shorter than the others',
      (found) => (found.name === 'si:coverageFactorXMLList' ? { ...found, content: '2.00' } : found),
      'entries in one table',
    ],
    [
      'an error without an uncertainty',
      (found) =>
        found.name === 'si:realListXMLList' && typeof found.content !== 'string'
          ? { ...found, content: found.content.filter(({ name }) => !name.includes('Uncertainty')) }
          : found,
      'without an expanded uncertainty',
    ],
    [
      'a language that is not named',
      (found) => (found.name === 'dcc:content' ? { ...found, attributes: { lang: 'fr' } } : found),
      'text in fr',
    ],
    [
      'a refType of no list',
      (found) => (found.name === 'dcc:list' ? { ...found, attributes: { refType: 'own_table' } } : found),
      'own_table is not defined',
    ],
    [
      'NaN, which the schema takes',
      (found) =>
        found.name === 'si:valueXMLList' && typeof found.content === 'string'
          ? { ...found, content: found.content.replace(/^\S+/, 'NaN') }
          : found,
      '"NaN" is no decimal number',
    ],
  ])('is not issued with %s', (_, change, mistake) => {
    expect(dccMistakes(changed(whole(), change)).join('; ')).toContain(mistake);
  });
});

describe('XML', () => {
  it('holds any text as text', () => {
    const hostile = '<a>&amp; ]]> "x" \u0000\u000b\ud800 \r\n\t';
    const text = xmlText(element('r', hostile, { k: `${hostile}'` }));
    expect(text).toContain('>&lt;a&gt;&amp;amp; ]]&gt; "x" \ufffd\ufffd\ufffd &#13;\n\t<');
    expect(text).toContain('k="&lt;a&gt;&amp;amp; ]]&gt; &quot;x&quot; \ufffd\ufffd\ufffd &#13;&#10;&#9;\'"');
  });
});
