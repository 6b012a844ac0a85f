import type { DossierVerdict, VerifiedPart } from '../../shared/dossier/dossier.ts';
import { certificateText } from './certificate.ts';
import { element, list, save } from './dom.ts';
import type { Words } from './words.ts';

export interface Outcome {
  file: string;
  verdict: DossierVerdict;
  parts: readonly VerifiedPart[];
  /** The signer that was asked for. */
  signer: string | undefined;
}

/** What came of a dossier. */
export function resultOf({ file, verdict, parts, signer }: Outcome, words: Words): HTMLElement {
  if (!verdict.ok) {
    return element(
      'section',
      { class: 'wrong', 'aria-labelledby': 'verdict' },
      element('h2', { id: 'verdict' }, words.wrong),
      list([
        [file, ''],
        [verdict.part, verdict.reason],
      ]),
      element('p', {}, words.doNot),
      ...(parts.length > 0 ? [element('p', {}, `${parts.length} ${words.verifiedSoFar}`)] : []),
    );
  }
  return element(
    'div',
    {},
    element(
      'section',
      { class: 'sound', 'aria-labelledby': 'verdict' },
      element('h2', { id: 'verdict' }, words.sound),
      ...notes(verdict, signer, words).map((text) => element('p', {}, text)),
    ),
    facts(file, verdict, words),
    ...certificates(parts, words),
    partTable(parts, words),
  );
}

type Sound = Extract<DossierVerdict, { ok: true }>;

const notes = ({ manifest, fingerprint }: Sound, signer: string | undefined, words: Words): string[] => [
  `${words.signer} ${grouped(fingerprint)}: ${signer === undefined ? words.compare : words.matches}`,
  ...(manifest.signer.key === 'kept' ? [] : [words.once]),
  ...(manifest.simulated ? [words.simulated] : []),
];

/** Eights of digits are what people compare. */
const grouped = (fingerprint: string): string => fingerprint.replace(/(.{8})(?=.)/g, '$1 ');

function facts(file: string, { manifest }: Sound, words: Words): HTMLElement {
  const { job, units, chain, software } = manifest;
  const lines: [string, string][] = [
    [words.job, job.name],
    [words.engineer, job.engineer],
    [words.customer, job.customer],
    [words.units, units.map(({ unit, tag }) => (tag === '' ? unit : `${tag} (${unit})`)).join(', ')],
    [words.until, new Date(manifest.at).toISOString()],
    [words.chain, `${chain.events} ${words.events} ${chain.head}`],
    [words.software, `${software.name} ${software.version}`],
  ];
  return element(
    'section',
    { 'aria-labelledby': 'facts' },
    element('h2', { id: 'facts' }, words.facts),
    element('p', { class: 'file' }, file),
    list(lines.filter(([, value]) => value !== '')),
  );
}

function certificates(parts: readonly VerifiedPart[], words: Words): HTMLElement[] {
  const found = parts
    .filter(({ path }) => /^certificates\/[^/]+\/certificate\.json$/.test(path))
    .map(({ path, bytes }) => ({ path, text: certificateText(bytes, words) }));
  if (found.length === 0) return [];
  return [
    element(
      'section',
      { 'aria-labelledby': 'certificates' },
      element('h2', { id: 'certificates' }, words.certificates),
      ...found.map(({ path, text }) => {
        const number = text?.number ?? path.split('/')[1] ?? '';
        const next = found.find((other) => other.text?.amends === number)?.text?.number;
        return element(
          'article',
          {},
          element('h3', {}, `${words.number} ${number}`),
          ...(next === undefined ? [] : [element('p', {}, `${words.amendedBy} ${next}`)]),
          ...(text?.simulated ? [element('p', {}, words.simulated)] : []),
          text === null ? element('p', {}, words.unshown) : list(text.lines),
        );
      }),
    ),
  ];
}

function partTable(parts: readonly VerifiedPart[], words: Words): HTMLElement {
  const heads = [words.path, words.size, words.hash, words.save];
  return element(
    'div',
    { class: 'card' },
    element('h2', { id: 'parts' }, `${words.parts} (${parts.length})`),
    element(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'parts' },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head))),
        ),
        element('tbody', {}, ...parts.map((part) => partRow(part, words))),
      ),
    ),
  );
}

function partRow({ path, size, sha256, bytes }: VerifiedPart, words: Words): HTMLElement {
  const button = element('button', { type: 'button', 'aria-label': `${words.save} ${path}` }, words.save);
  // One folder of one name: a download has no folders.
  button.addEventListener('click', () => save(path.replaceAll('/', '-'), bytes));
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, `✓ ${path}`),
    element('td', { class: 'figure' }, String(size)),
    element('td', { class: 'hash' }, sha256),
    element('td', {}, button),
  );
}
