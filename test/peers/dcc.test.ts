import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  XmlBufferInputProvider,
  XmlDocument,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleCertificate } from '../../shared/report/certificate/certificate.fixture.ts';
import type { CertificateRecord } from '../../shared/report/certificate/certificate.ts';
import { resultRows } from '../../shared/report/certificate/result-rows.ts';
import { dccText } from '../../shared/report/dcc/dcc.ts';
import { needs } from '../needs.ts';

/**
 * The schemas are PTB's (LGPL) and not part of this project: they are looked for beside the checkout, or where
 * PLUMBLINE_DCC_SCHEMAS says. Without them nothing of this is tested.
 */
const schemas = resolve(
  process.env.PLUMBLINE_DCC_SCHEMAS ?? join(import.meta.dirname, '../../../shared/data/dcc'),
);
const withSchemas = existsSync(join(schemas, 'original', 'dcc-3.3.0.xsd')) ? needs('xmllint') : describe.skip;

const example = exampleCertificate({ points: 5 });
const inUnit = (unit: string): CertificateRecord => ({
  ...example,
  item: { ...example.item, channel: { ...example.item.channel, unit } },
});
const cases: [string, CertificateRecord][] = [
  ['of degrees Celsius', example],
  ['of 20 points', exampleCertificate({ points: 20 })],
  ...[
    'K',
    'degF',
    'bar',
    'mbar',
    'kPa',
    'psi',
    'mA',
    'V',
    'ohm',
    'kN',
    'kg',
    'mm',
    'Hz',
    'percent',
    'one',
  ].map((unit): [string, CertificateRecord] => [`of ${unit}`, inUnit(unit)]),
  [
    'of a unit that was not adjusted',
    { ...example, adjustment: null, results: { ...example.results, asLeft: null } },
  ],
  [
    'with nothing but what it must have',
    {
      ...example,
      customer: null,
      conditions: { temperature: null, humidity: null, pressure: null },
      dates: { ...example.dates, received: null },
      item: { ...example.item, tag: '', asset: '', model: '', agent: null, condition: '' },
      laboratory: {
        ...example.laboratory,
        text: '',
        party: { ...example.laboratory.party, contact: '', address: ' ' },
      },
      method: { ...example.method, name: '', deviations: '', external: '' },
      overrides: [],
      opinion: '',
      nextDue: null,
    },
  ],
  [
    'with every text there is, hostile and in other scripts',
    {
      ...example,
      amends: { number: 'OLD-1', reason: 'Name of the customer <b>misspelt</b> & put right' },
      opinion: 'Ok ]]> <!-- & "quoted" \'text\'\nsecond line\ttab',
      method: { ...example.method, deviations: 'Погружение 80 мм', external: 'Βαθμονόμηση' },
      customer: { name: '上海水务 & Söhne', address: '南京路 1\n上海', country: 'CN', contact: 'a@b.cn' },
      place: { kind: 'other', name: '泵房' },
    },
  ],
];

/** All values of every list in a table, in the order of the document. */
function tableOf(document: XmlDocument): Record<string, string[]> {
  const spaces = { dcc: 'https://ptb.de/dcc', si: 'https://ptb.de/si' };
  const result = document.root.get('//dcc:result/dcc:data/dcc:list', spaces);
  const of = (refType: string, list: string): string[] => {
    const found = result?.find(`dcc:quantity[@refType="${refType}"]//si:${list}`, spaces) ?? [];
    // Of a hybrid the last member is in the certificate's own unit.
    return found.at(-1)?.content.split(' ') ?? [];
  };
  return {
    reference: of('basic_referenceValue', 'valueXMLList'),
    unit: of('basic_measuredValue', 'valueXMLList'),
    error: of('basic_measurementError', 'valueXMLList'),
    expandedUncertainty: of('basic_measurementError', 'valueExpandedMUXMLList'),
    coverageFactor: of('basic_measurementError', 'coverageFactorXMLList'),
  };
}

withSchemas('a digital calibration certificate', () => {
  let folder = '';
  let schema: XsdValidator;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-dcc-'));
    const read = (path: string): Uint8Array => readFileSync(join(schemas, path));
    // The W3C schema begins with a DOCTYPE that would be fetched.
    const signature = new TextEncoder().encode(
      new TextDecoder()
        .decode(read('original/xmldsig-core-schema.xsd'))
        .replace(/<!DOCTYPE[^[]*\[[^\]]*\]\s*>/, ''),
    );
    xmlRegisterInputProvider(
      new XmlBufferInputProvider({
        'https://ptb.de/si/v2.2.1/SI_Format.xsd': read('original/SI_Format-2.2.1.xsd'),
        'https://www.ptb.de/dcc/d-sig/xmldsig-core-schema.xsd': signature,
        'https://www.ptb.de/si/v2.2.1/qudt/quantitykind.xsd': read('offline/quantitykind-stub.xsd'),
      }),
    );
    schema = XsdValidator.fromDoc(
      XmlDocument.fromBuffer(read('original/dcc-3.3.0.xsd'), { url: 'https://ptb.de/dcc/v3.3.0/dcc.xsd' }),
    );
  });
  afterAll(() => {
    schema?.dispose();
    xmlCleanupInputProvider();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As xmllint says it; an empty text is a valid document. */
  const xmllint = (text: string): string => {
    const path = join(folder, 'dcc.xml');
    writeFileSync(path, text);
    const schemaPath = join(schemas, 'original', 'dcc-3.3.0.xsd');
    try {
      execFileSync('xmllint', ['--nonet', '--noout', '--schema', schemaPath, path], {
        env: { ...process.env, XML_CATALOG_FILES: join(schemas, 'offline', 'catalog.xml') },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      return '';
    } catch (thrown) {
      return String((thrown as { stderr: Buffer }).stderr);
    }
  };

  it.each(cases)('%s is valid for both engines, and its values are those of the table', (_, record) => {
    const text = dccText(record);
    expect(xmllint(text)).toBe('');
    const document = XmlDocument.fromString(text);
    try {
      schema.validate(document);
      if (['degF', 'psi'].includes(record.item.channel.unit)) return;
      const rows = resultRows((record.results.asLeft ?? record.results.asFound).evaluation);
      const table = tableOf(document);
      for (const column of ['reference', 'unit', 'error', 'expandedUncertainty', 'coverageFactor'] as const) {
        expect(table[column], column).toEqual(rows.map((row) => row[column]));
      }
    } finally {
      document.dispose();
    }
  });

  it('is refused by both engines where a value is no number', () => {
    const text = dccText(example).replace(/<si:valueXMLList>\S+/, '<si:valueXMLList>1,5');
    expect(xmllint(text)).toContain('1,5');
    const document = XmlDocument.fromString(text);
    expect(() => schema.validate(document)).toThrow();
    document.dispose();
  });
});
