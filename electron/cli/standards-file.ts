import { Failure } from '../../shared/contract/failure.ts';
import { StandardCertificate, StandardEntry } from '../../shared/contract/standards.ts';
import type { Host } from '../host/host.ts';
import { importedStandards, standardName } from '../host/standards-project.ts';
import { smallFile } from './bundle-files.ts';
import type { Input } from './command.ts';

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

export const standardsOption = {
  flags: '--standards <file>',
  description: 'reference standards to enter in the register first, as "plumb standards add" takes them',
};

/**
 * Enters the standards of the file of `--standards`, before a run uses them: those that are not in the register are
 * added, those that are there and differ are entered anew.
 */
export async function enterStandards(host: Host, { options }: Pick<Input, 'options'>): Promise<void> {
  if (options.standards === undefined) return;
  const json = await smallFile(String(options.standards));
  await host.call('standards.import', { json });
  const register = await host.call('standards.list', {});
  for (const given of importedStandards(json)) {
    const known = register.find((standard) => standardName(standard) === standardName(given));
    const standard = asEntry(given);
    if (!known || JSON.stringify(asEntry(known)) === JSON.stringify(standard)) continue;
    await host.call('standards.change', { id: known.id, standard });
  }
}

/** What a person enters of it. */
const asEntry = (standard: object): StandardEntry =>
  StandardEntry.parse(
    Object.fromEntries(Object.entries(standard).filter(([name]) => Object.hasOwn(StandardEntry.shape, name))),
  );

const invalid = (detail: string): Failure =>
  new Failure('STANDARD_INVALID', { standard: 'of the file', detail });
