import { unitSymbol } from '../../units/units.ts';
import type { CertificateRecord } from './schema.ts';
import { partyLines } from './words.ts';

/** ISO/IEC 17025:2017, 7.8.2.1 (every report) and 7.8.4.1 (calibration certificates). */
export const clauseIds = [
  ...(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p'] as const).map(
    (letter) => `7.8.2.1 ${letter}` as const,
  ),
  ...(['a', 'b', 'c', 'd', 'e', 'f'] as const).map((letter) => `7.8.4.1 ${letter}` as const),
] as const;
export type ClauseId = (typeof clauseIds)[number];

export interface ClauseLine {
  clause: ClauseId;
  /** What it asks for, in short. */
  asks: string;
  /** What the certificate says, or why it does not apply; never empty. */
  says: string;
  applicable: boolean;
}

/** Text where the certificate says it; `none`: why there is nothing to say. */
type Says = string | { none: string };
interface Clause {
  asks: string;
  says: (record: CertificateRecord) => Says;
}

const placeWords = {
  laboratory: 'at the laboratory',
  customer: "at the customer's site",
  other: 'elsewhere',
} as const satisfies Record<CertificateRecord['place']['kind'], string>;

const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(', ');
const oneLine = (text: string): string => text.replaceAll('\n', ', ');
const orNone = (text: string, none: string): Says => (text === '' ? { none } : oneLine(text));

/** Where the work was done. */
export const placeOf = ({ place }: CertificateRecord): string => joined(placeWords[place.kind], place.name);

/** `20.1 to 20.4 °C` for each condition that was recorded. */
export function conditionsOf({ conditions }: CertificateRecord): string[] {
  const { temperature, humidity, pressure } = conditions;
  const line = (name: string, range: { min: string; max: string } | null, unit: string): string[] =>
    range === null ? [] : [`${name} ${range.min} to ${range.max}\u00a0${unit}`];
  return [
    ...line('temperature', temperature, '°C'),
    ...line('relative humidity', humidity, '%'),
    ...line('air pressure', pressure, 'hPa'),
  ];
}

const pointsOf = ({ results }: CertificateRecord): number => results.asFound.evaluation.points.length;

const conditionsSaid = (record: CertificateRecord): Says => {
  const conditions = conditionsOf(record);
  return conditions.length > 0 ? conditions.join('; ') : { none: 'ambient conditions were not recorded' };
};

const clauses: Record<ClauseId, Clause> = {
  '7.8.2.1 a': { asks: 'Title', says: () => 'Calibration certificate' },
  '7.8.2.1 b': {
    asks: 'Name and address of the laboratory',
    says: ({ laboratory: { party } }) => joined(...partyLines(party)),
  },
  '7.8.2.1 c': { asks: 'Place of the work', says: placeOf },
  '7.8.2.1 d': {
    asks: 'Unique identification on every page, and a clear end',
    says: ({ number }) => `${number}, on every page with its number of pages; the end is marked`,
  },
  '7.8.2.1 e': {
    asks: 'Name and contact of the customer',
    says: ({ customer }) =>
      customer === null || customer.name === ''
        ? { none: 'no customer was named: work of the laboratory for itself' }
        : joined(...partyLines(customer)),
  },
  '7.8.2.1 f': {
    asks: 'Method',
    says: ({ method }) => joined(method.name, 'comparison with the reference standard, as described'),
  },
  '7.8.2.1 g': {
    asks: 'Item: description, identification, condition',
    says: ({ item }) =>
      joined(
        item.description,
        item.model,
        `hardware id ${item.serial}`,
        item.tag,
        `channel ${item.channel.id}`,
        item.condition === '' ? 'condition on arrival without remark' : oneLine(item.condition),
      ),
  },
  '7.8.2.1 h': {
    asks: 'Date of receipt',
    says: ({ dates }) => dates.received ?? { none: 'not critical to the results, and not recorded' },
  },
  '7.8.2.1 i': {
    asks: 'Dates of the work',
    says: ({ dates }) => (dates.begin === dates.end ? dates.begin : `${dates.begin} to ${dates.end}`),
  },
  '7.8.2.1 j': { asks: 'Date of issue', says: ({ dates }) => dates.issued },
  '7.8.2.1 k': {
    asks: 'Sampling plan and method',
    says: () => ({ none: 'the laboratory did not sample; the results apply to the item as received' }),
  },
  '7.8.2.1 l': {
    asks: 'The results relate only to the items calibrated',
    says: () => 'stated under the results and on every page',
  },
  '7.8.2.1 m': {
    asks: 'Results, with their units',
    says: (record) =>
      `${pointsOf(record)} points in ${unitSymbol(record.item.channel.unit) || 'ratio (unit one)'}, under "Results"`,
  },
  '7.8.2.1 n': {
    asks: 'Additions to, deviations or exclusions from the method',
    says: ({ method }) => orNone(method.deviations, 'there were none'),
  },
  '7.8.2.1 o': {
    asks: 'Who authorised it',
    says: ({ authorisedBy }) => joined(authorisedBy.name, authorisedBy.role),
  },
  '7.8.2.1 p': {
    asks: 'Results from external providers',
    says: ({ method }) => orNone(method.external, 'there are none'),
  },
  '7.8.4.1 a': {
    asks: 'Measurement uncertainty, in the unit of the measurand',
    says: () => 'expanded uncertainty U with its coverage factor k, beside each result',
  },
  '7.8.4.1 b': { asks: 'Conditions that influence the results', says: conditionsSaid },
  '7.8.4.1 c': {
    asks: 'How the results are metrologically traceable',
    says: ({ standards }) => standards.map(({ traceability }) => traceability).join(' '),
  },
  '7.8.4.1 d': {
    asks: 'Results before and after adjustment or repair',
    says: ({ results }) =>
      results.asLeft === null
        ? { none: 'nothing was adjusted or repaired: as found is as left' }
        : 'both, as found and as left',
  },
  '7.8.4.1 e': {
    asks: 'Statement of conformity with its decision rule',
    says: ({ decision }) => decision.statement,
  },
  '7.8.4.1 f': {
    asks: 'Opinions and interpretations',
    says: ({ opinion }) => orNone(opinion, 'none are given'),
  },
};

/** What the certificate says to each clause, in their order: a closed list, nothing blank. */
export const completeness = (record: CertificateRecord): ClauseLine[] =>
  clauseIds.map((clause) => {
    const { asks, says } = clauses[clause];
    const said = says(record);
    return typeof said === 'string'
      ? { clause, asks, says: said, applicable: true }
      : { clause, asks, says: `Not applicable: ${said.none}.`, applicable: false };
  });
