import type { StandardCertificate, StandardEntry } from '../../contract/standards.ts';
import { compareDecimal, isUnit } from '../../units/units.ts';

/** What is wrong with an entry of the register that its schema cannot see: where (`certificates[0].due`), and what. */
export interface StandardMistake {
  path: string;
  message: string;
}

/** Every mistake, in the order of the entry; empty: it can be entered. */
export function standardMistakes(entry: StandardEntry): StandardMistake[] {
  const { unit, resolution, drift, certificates } = entry;
  return [
    ...(isUnit(unit) ? [] : [{ path: 'unit', message: `${unit} is no unit that is known here` }]),
    ...(isPositive(resolution) ? [] : [{ path: 'resolution', message: 'must be greater than 0' }]),
    ...(isNegative(drift) ? [{ path: 'drift', message: 'must not be negative' }] : []),
    ...certificates.flatMap((certificate, index) =>
      certificateMistakes(certificate, certificates.slice(0, index)).map(({ path, message }) => ({
        path: `certificates[${index}].${path}`,
        message,
      })),
    ),
  ];
}

function certificateMistakes(
  { number, issued, due, points }: StandardCertificate,
  earlier: readonly StandardCertificate[],
): StandardMistake[] {
  const last = earlier.at(-1);
  return [
    ...(earlier.some((other) => other.number === number)
      ? [{ path: 'number', message: `${number} is the number of an earlier certificate of this standard` }]
      : []),
    ...(last && last.issued > issued
      ? [{ path: 'issued', message: `is before the certificate before it, ${last.number} of ${last.issued}` }]
      : []),
    ...(issued > due ? [{ path: 'due', message: `is before the day of issue, ${issued}` }] : []),
    ...points.flatMap((point, index) => {
      const before = points[index - 1];
      const at = (member: string): string => `points[${index}].${member}`;
      return [
        ...(before && compareDecimal(before.value, point.value) >= 0
          ? [{ path: at('value'), message: `must be above the point before it, ${before.value}` }]
          : []),
        ...(isPositive(point.expandedUncertainty)
          ? []
          : [{ path: at('expandedUncertainty'), message: 'must be greater than 0' }]),
        ...(compareDecimal(point.coverageFactor, '1') < 0
          ? [{ path: at('coverageFactor'), message: 'must not be below 1' }]
          : []),
      ];
    }),
  ];
}

const isPositive = (text: string): boolean => compareDecimal(text, '0') > 0;
const isNegative = (text: string): boolean => compareDecimal(text, '0') < 0;
