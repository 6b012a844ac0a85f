import { z } from 'zod';
import { Failure } from '../../shared/contract/failure.ts';
import { ReferenceStandard } from '../../shared/contract/standards.ts';

/** As a register gives them out, or as a person enters them: then it is neither of the bench nor retired. */
const Imported = ReferenceStandard.partial({ id: true });
export type ImportedStandard = Omit<ReferenceStandard, 'id'>;

const most = 1000;

/** Whom the entry is of. As people write it: `fluke 1524` and `Fluke  1524` are one instrument. */
export const standardName = ({
  maker,
  model,
  serial,
}: Pick<ReferenceStandard, 'maker' | 'model' | 'serial'>): string =>
  JSON.stringify([maker, model, serial].map((text) => text.toLowerCase().replace(/\s+/g, ' ').trim()));

/**
 * The entries of a register in its JSON: a list, an object with the list as `standards`, or one entry alone.
 * @throws Failure STANDARD_INVALID, naming the entry and what is wrong with it
 */
export function importedStandards(json: string): ImportedStandard[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (thrown) {
    throw invalid('of the list', thrown instanceof Error ? thrown.message.slice(0, 200) : 'it is no JSON');
  }
  const listed = isListing(value) ? value.standards : value;
  const list = z
    .array(z.unknown())
    .max(most)
    .safeParse(Array.isArray(listed) ? listed : [listed]);
  if (!list.success) throw invalid('of the list', `there are more than ${most}`);
  return list.data.map((entry, index) => {
    const parsed = Imported.safeParse(entry);
    if (parsed.success) {
      const { id: _, ...rest } = parsed.data;
      return rest;
    }
    const [issue] = parsed.error.issues;
    throw invalid(
      `number ${index + 1}`,
      `${pathOf(issue?.path ?? [])} ${issue?.message ?? 'is not as it should be'}`,
    );
  });
}

/** As "plumb standards list --json" answers. */
const isListing = (value: unknown): value is { standards: unknown[] } =>
  typeof value === 'object' && value !== null && 'standards' in value && Array.isArray(value.standards);

/** `certificates[0].due`; the entry itself where there is none. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'it'
    : path
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, '');

const invalid = (standard: string, detail: string): Failure =>
  new Failure('STANDARD_INVALID', { standard, detail });
