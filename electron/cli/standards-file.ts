import { Failure } from '../../shared/contract/failure.ts';
import { StandardCertificate, StandardEntry } from '../../shared/contract/standards.ts';
import type { Host } from '../host/host.ts';
import { importedStandards, standardName } from '../host/standards-project.ts';
import { smallFile } from './bundle-files.ts';

/** The one entry of a file. STANDARD_INVALID. */
export function entryIn(json: string): StandardEntry {
  const [entry, ...more] = importedStandards(json);
  if (!entry || more.length > 0) throw invalid('one entry is needed, and there are none or several');
  return asEntry(entry);
}

export function certificateIn(json: string): StandardCertificate {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (thrown) {
    throw invalid(thrown instanceof Error ? thrown.message.slice(0, 200) : 'it is no JSON');
  }
  const parsed = StandardCertificate.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(
    `${issue?.path.join('.') || 'the certificate'} ${issue?.message ?? 'is not as it should be'}`,
  );
}

/**
 * Enters the standards of a file before a run uses them: those that are not in the register are added, those that are
 * there and differ are entered anew. Resolves with how many were entered.
 */
export async function enterStandards(host: Host, file: string): Promise<number> {
  const json = await smallFile(file);
  const { added } = await host.call('standards.import', { json });
  const register = await host.call('standards.list', {});
  let changed = 0;
  for (const given of importedStandards(json)) {
    const known = register.find((standard) => standardName(standard) === standardName(given));
    const standard = asEntry(given);
    if (!known || JSON.stringify(asEntry(known)) === JSON.stringify(standard)) continue;
    await host.call('standards.change', { id: known.id, standard });
    changed += 1;
  }
  return added.length + changed;
}

/** What a person enters of it. */
const asEntry = (standard: object): StandardEntry =>
  StandardEntry.parse(
    Object.fromEntries(Object.entries(standard).filter(([name]) => Object.hasOwn(StandardEntry.shape, name))),
  );

const invalid = (detail: string): Failure =>
  new Failure('STANDARD_INVALID', { standard: 'of the file', detail });
