import { Circumstances } from '../../../shared/contract/certificate.ts';
import { parseDecimal } from '../../ui/decimal.ts';

type RangeDraft = { min: string; max: string };

/** What only people know of a calibration, as it is being typed: everything is text. */
export interface CircumstancesDraft
  extends Pick<
    Circumstances,
    'place' | 'placeName' | 'condition' | 'deviations' | 'opinion' | 'external' | 'authorisedBy' | 'role'
  > {
  customer: NonNullable<Circumstances['customer']>;
  received: string;
  temperature: RangeDraft;
  humidity: RangeDraft;
  pressure: RangeDraft;
  nextDue: NonNullable<Circumstances['nextDue']>;
}

const rangeOf = (range: { min: string; max: string } | null): RangeDraft => range ?? { min: '', max: '' };

export const draftOfCircumstances = (known: Circumstances): CircumstancesDraft => ({
  ...known,
  customer: known.customer ?? { name: '', address: '', country: '', contact: '' },
  received: known.received ?? '',
  temperature: rangeOf(known.temperature),
  humidity: rangeOf(known.humidity),
  pressure: rangeOf(known.pressure),
  nextDue: known.nextDue ?? { on: '', method: '', agreed: false },
});

export type CircumstancesProblem = 'range' | 'country' | 'customer' | 'text';

/** As the contract takes them, or what is not right yet. What is empty is not recorded. */
export function readCircumstances(
  draft: CircumstancesDraft,
): { circumstances: Circumstances } | { problem: CircumstancesProblem } {
  const ranges = [draft.temperature, draft.humidity, draft.pressure];
  if (!ranges.every(isRange)) return { problem: 'range' };
  const { customer } = draft;
  const named = Object.values(customer).some((text) => text.trim() !== '');
  if (named && customer.name.trim() === '') return { problem: 'customer' };
  if (named && !/^[A-Z]{2}$/.test(customer.country)) return { problem: 'country' };
  const parsed = Circumstances.safeParse({
    ...draft,
    customer: named ? customer : null,
    received: draft.received === '' ? null : draft.received,
    temperature: readRange(draft.temperature),
    humidity: readRange(draft.humidity),
    pressure: readRange(draft.pressure),
    nextDue: draft.nextDue.on === '' ? null : draft.nextDue,
  });
  return parsed.success ? { circumstances: parsed.data } : { problem: 'text' };
}

/** One figure alone is a range without width: it stood still. */
const readRange = ({ min, max }: RangeDraft): Circumstances['temperature'] =>
  min === '' && max === '' ? null : { min: min === '' ? max : min, max: max === '' ? min : max };

function isRange({ min, max }: RangeDraft): boolean {
  const figures = [min, max].filter((text) => text !== '');
  if (figures.some((text) => parseDecimal(text) === null)) return false;
  return figures.length < 2 || Number(min) <= Number(max);
}
