import { Failure } from '../../contract/failure.ts';
import type { Element } from './xml.ts';

const childrenOf = ({ content }: Element): readonly Element[] => (typeof content === 'string' ? [] : content);

function* all(root: Element): Generator<Element> {
  yield root;
  for (const child of childrenOf(root)) yield* all(child);
}

const find = (root: Element, name: string): Element[] =>
  [...all(root)].filter((found) => found.name === name);

const textOf = ({ content }: Element): string => (typeof content === 'string' ? content : '');
const items = (list: Element): string[] => textOf(list).split(' ').filter(Boolean);

/** Every list of a table has one entry a row, its uncertainties and its conformity too. */
function equalLists(root: Element): string[] {
  const lists = new Set([
    'si:valueXMLList',
    'si:valueExpandedMUXMLList',
    'si:coverageFactorXMLList',
    'si:coverageProbabilityXMLList',
    'dcc:conformityXMLList',
    'dcc:charsXMLList',
  ]);
  return find(root, 'dcc:list').flatMap((table) => {
    const counts = [...all(table)].filter(({ name }) => lists.has(name)).map((list) => items(list).length);
    return new Set(counts).size > 1 ? [`lists of ${counts.join(', ')} entries in one table`] : [];
  });
}

/** An error without its uncertainty is no result of a calibration (ISO/IEC 17025, 7.8.4.1 a). */
const uncertainErrors = (root: Element): string[] =>
  find(root, 'dcc:quantity')
    .filter(({ attributes }) => attributes.refType === 'basic_measurementError')
    .filter((error) =>
      find(error, 'si:realListXMLList').some((list) => find(list, 'si:expandedMUXMLList').length === 0),
    )
    .map(() => 'a measurement error without an expanded uncertainty');

/** Every text that has a language has one that the core data names. */
function languages(root: Element): string[] {
  const used = new Set(find(root, 'dcc:usedLangCodeISO639_1').map(textOf));
  const others = find(root, 'dcc:content').flatMap(({ attributes }) =>
    attributes.lang === undefined || used.has(attributes.lang) ? [] : [attributes.lang],
  );
  return [...new Set(others)].map((lang) => `text in ${lang}, which the core data does not name`);
}

/** A refType begins with a namespace that the document defines. */
function knownRefTypes(root: Element): string[] {
  const namespaces = new Set(find(root, 'dcc:namespace').map(textOf));
  const unknown = [...all(root)].flatMap(({ attributes }) =>
    (attributes.refType ?? '')
      .split(' ')
      .filter((type) => type !== '' && !namespaces.has(type.split('_')[0] ?? '')),
  );
  return [...new Set(unknown)].map((type) => `the refType ${type} is not defined`);
}

/** D-SI would take NaN; a calibration has none. */
const finiteNumbers = (root: Element): string[] =>
  [...all(root)]
    .filter(({ name }) => name.startsWith('si:value'))
    .flatMap((list) => items(list))
    .filter((value) => !/^-?\d+(\.\d+)?$/.test(value))
    .map((value) => `"${value}" is no decimal number`);

/**
 * What a certificate must keep beyond its schema (the schema takes lists of different lengths, results without an
 * uncertainty, and refTypes that nobody knows). Each rule names the element that breaks it.
 */
const rules: readonly ((root: Element) => string[])[] = [
  equalLists,
  uncertainErrors,
  languages,
  knownRefTypes,
  finiteNumbers,
];

/** @throws Failure INTERNAL with everything that is wrong: such a document is not issued. */
export function demandSoundDcc(root: Element): void {
  const broken = dccMistakes(root);
  if (broken.length > 0) throw new Failure('INTERNAL', { detail: `no certificate: ${broken.join('; ')}` });
}

export const dccMistakes = (root: Element): string[] => rules.flatMap((rule) => rule(root));
