import { DecimalText } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { ReferenceStandard } from '../../shared/contract/standards.ts';
import type { Standards } from '../host/standards.ts';
import { withStandards } from '../host/standards-project.ts';
import { smallFile } from './bundle-files.ts';
import { type Command, type Context, type ExitCode, type Input, text } from './command.ts';
import { jobOf, jobOption } from './job-option.ts';
import { resources } from './places.ts';
import { certificateIn, entryIn } from './standards-file.ts';
import { entryHelp, newCertificateHelp, standardLines } from './standards-words.ts';
import { refuseUsage } from './usage.ts';

const idArgument = { name: 'id', description: 'of the standard, as "plumb standards list" shows it' };

const inRegister = <T>(input: Input, work: (standards: Standards) => T): Promise<T> =>
  withStandards(jobOf(input), resources, work);

function answer(context: Context, standards: ReferenceStandard[]): ExitCode {
  const lines = standards.flatMap(standardLines);
  context.answer({ standards }, lines.length > 0 ? lines : ['The register of this project is empty.']);
  return 0;
}

const list: Command = {
  name: 'standards list',
  summary: 'the reference standards of a project, with the certificate that counts',
  options: [jobOption],
  example: 'plumb standards list --job job.plumb',
  run: async (input, context) => answer(context, await inRegister(input, (standards) => standards.list())),
};

const add: Command = {
  name: 'standards add',
  summary: 'enter standards; one that is there already is refused, and then none is entered',
  arguments: [{ name: 'file', description: 'an entry, or a list of them, as JSON' }],
  options: [jobOption],
  help: entryHelp,
  example: 'plumb standards add thermometer.json --job job.plumb',
  run: async (input, context) => {
    const json = await smallFile(input.arguments[0] ?? '');
    return answer(context, await inRegister(input, (standards) => standards.addAll(json)));
  },
};

const change: Command = {
  name: 'standards change',
  summary: 'enter a standard anew; what it was before stays in the record',
  arguments: [idArgument, { name: 'file', description: 'the whole entry, as JSON' }],
  options: [jobOption],
  help: entryHelp,
  example: 'plumb standards change s1 thermometer.json --job job.plumb',
  run: async (input, context) => {
    const [id = '', file = ''] = input.arguments;
    const entry = entryIn(await smallFile(file));
    return answer(context, [await inRegister(input, (standards) => standards.change(id, entry))]);
  },
};

const recalibrated: Command = {
  name: 'standards recalibrated',
  summary: 'enter the new certificate of a standard; those before it are its drift history',
  arguments: [
    idArgument,
    { name: 'file', description: 'the certificate, a member of "certificates", as JSON' },
  ],
  options: [
    { flags: '--drift <amount>', description: 'half-width of what it may have drifted, in its unit' },
    jobOption,
  ],
  help: newCertificateHelp,
  example: 'plumb standards recalibrated s1 certificate.json --drift 0.004 --job job.plumb',
  run: async (input, context) => {
    const [id = '', file = ''] = input.arguments;
    const drift = input.options.drift === undefined ? null : text(input, 'drift');
    if (drift !== null && !DecimalText.safeParse(drift).success) {
      return refuseUsage(`--drift ${drift} is no decimal number`, context);
    }
    const certificate = certificateIn(await smallFile(file));
    return answer(context, [
      await inRegister(input, (standards) => standards.recalibrated(id, certificate, drift)),
    ]);
  },
};

const retire: Command = {
  name: 'standards retire',
  summary: 'take a standard out of use as of today',
  arguments: [idArgument],
  options: [{ flags: '--reason <text>', description: 'why, for the record', required: true }, jobOption],
  example: 'plumb standards retire s1 --reason "dropped" --job job.plumb',
  run: async (input, context) => {
    const reason = text(input, 'reason').trim();
    if (reason === '' || reason.length > 60) return refuseUsage('--reason takes 1 to 60 characters', context);
    const id = input.arguments[0] ?? '';
    return answer(context, [await inRegister(input, (standards) => standards.retire(id, reason))]);
  },
};

const importCommand: Command = {
  name: 'standards import',
  summary:
    'take over the register of another project; what is known here (maker, model, serial) stays as it is',
  arguments: [{ name: 'file', description: 'what "plumb standards export" gave out' }],
  options: [jobOption],
  example: 'plumb standards import standards.json --job job.plumb',
  run: async (input, context) => {
    const json = await smallFile(input.arguments[0] ?? '');
    const { added, known } = await inRegister(input, (standards) => standards.import(json));
    const words = (ids: string[]): string => (ids.length > 0 ? ids.join(', ') : 'none');
    context.answer({ added, known }, [`added: ${words(added)}`, `known already: ${words(known)}`]);
    return 0;
  },
};

const exportCommand: Command = {
  name: 'standards export',
  summary: 'print the register as JSON, for another project',
  options: [jobOption],
  example: 'plumb standards export --job job.plumb > standards.json',
  run: async (input, context) => {
    const standards = await inRegister(input, (register) => register.list());
    if (standards.length === 0)
      throw new Failure('NOT_FOUND', { thing: 'reference standard', id: 'in this project' });
    context.answer(standards, [JSON.stringify(standards, null, 2)]);
    return 0;
  },
};

/** `plumb standards …`: the register of reference standards of a project. */
export const standardsCommands: readonly Command[] = [
  list,
  add,
  change,
  recalibrated,
  retire,
  importCommand,
  exportCommand,
];
