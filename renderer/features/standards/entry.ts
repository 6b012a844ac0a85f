import {
  type ReferenceStandard,
  StandardCertificate,
  StandardEntry,
  type StandardPoint,
} from '../../../shared/contract/standards.ts';
import { standardMistakes } from '../../../shared/metrology/metrology.ts';
import { parseDecimal } from '../../ui/decimal.ts';

/** A certificate as it is being typed; its points are lines of `value; correction; U; k`. */
export interface CertificateDraft
  extends Pick<StandardCertificate, 'number' | 'laboratory' | 'accreditation' | 'issued' | 'due'> {
  points: string;
}

/** A standard as it is being typed, with the certificate that counts. */
export interface StandardDraft
  extends Pick<
    StandardEntry,
    'maker' | 'model' | 'serial' | 'use' | 'unit' | 'resolution' | 'drift' | 'remarks'
  > {
  certificate: CertificateDraft;
}

export type EntryProblem =
  | 'maker'
  | 'unit'
  | 'resolution'
  | 'drift'
  | 'certificate'
  | 'dates'
  | 'points'
  | 'entry';

export const noCertificate: CertificateDraft = {
  number: '',
  laboratory: '',
  accreditation: '',
  issued: '',
  due: '',
  points: '',
};

export const noStandard: StandardDraft = {
  maker: '',
  model: '',
  serial: '',
  use: 'working',
  unit: 'degC',
  resolution: '',
  drift: '0',
  remarks: '',
  certificate: noCertificate,
};

export function draftOfStandard({ certificates, ...standard }: ReferenceStandard): StandardDraft {
  const last = certificates.at(-1);
  const certificate =
    last === undefined
      ? noCertificate
      : {
          ...last,
          points: last.points
            .map((p) => [p.value, p.correction, p.expandedUncertainty, p.coverageFactor].join('; '))
            .join('\n'),
        };
  return { ...standard, certificate };
}

/** Lines as they stand on a certificate; two numbers are value and U, k is 2 where it is not given. */
export function readPoints(text: string): StandardPoint[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const points = lines.map((line) => {
    const figures = line
      .trim()
      .split(/\s*[;\t]\s*|\s+/)
      .map(parseDecimal);
    if (figures.length < 2 || figures.length > 4 || figures.includes(null)) return null;
    const [value = '', second = '', third, k = '2'] = figures as string[];
    const [correction, expandedUncertainty] = third === undefined ? ['0', second] : [second, third];
    return { value, correction, expandedUncertainty, coverageFactor: k };
  });
  const right = points.flatMap((point) => (point === null ? [] : [point]));
  return right.length === 0 || right.length < points.length ? null : right;
}

/** A certificate as the contract takes it, or what is not right yet. */
export function readCertificate(
  draft: CertificateDraft,
): { certificate: StandardCertificate } | { problem: EntryProblem } {
  const { number, laboratory, accreditation, issued, due } = draft;
  const points = readPoints(draft.points);
  if (number.trim() === '' || laboratory.trim() === '') return { problem: 'certificate' };
  if (issued === '' || due === '' || issued > due) return { problem: 'dates' };
  if (points === null) return { problem: 'points' };
  const parsed = StandardCertificate.safeParse({ number, laboratory, accreditation, issued, due, points });
  if (parsed.success) return { certificate: parsed.data };
  return { problem: parsed.error.issues[0]?.path[0] === 'points' ? 'points' : 'certificate' };
}

/** The entry with the certificates before the one in the draft, or what is not right yet. */
export function readStandard(
  draft: StandardDraft,
  earlier: readonly StandardCertificate[],
): { standard: StandardEntry } | { problem: EntryProblem } {
  const { maker, model, serial, use, unit, resolution, drift, remarks } = draft;
  if ([maker, model, serial].some((text) => text.trim() === '')) return { problem: 'maker' };
  if (parseDecimal(resolution) === null || Number(resolution) <= 0) return { problem: 'resolution' };
  if (parseDecimal(drift) === null || Number(drift) < 0) return { problem: 'drift' };
  const read = readCertificate(draft.certificate);
  if ('problem' in read) return read;
  const certificates = [...earlier, read.certificate];
  const fields = { maker, model, serial, use, unit, resolution, drift, remarks, certificates };
  const parsed = StandardEntry.safeParse(fields);
  if (!parsed.success) return { problem: 'entry' };
  const mistake = standardMistakes(parsed.data)[0];
  if (mistake === undefined) return { standard: parsed.data };
  return { problem: problemOf(mistake.path) };
}

function problemOf(path: string): EntryProblem {
  if (path === 'unit' || path === 'resolution' || path === 'drift') return path;
  if (path.includes('points')) return 'points';
  return /issued|due/.test(path) ? 'dates' : 'certificate';
}
