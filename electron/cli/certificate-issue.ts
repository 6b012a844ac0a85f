import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type CertificateFacts, Laboratory } from '../../shared/contract/certificate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { makeFolder } from '../files/files.ts';
import type { Host } from '../host/host.ts';
import { smallFile } from './bundle-files.ts';
import { passphraseOf, passphraseOption } from './bundle-passphrase.ts';
import { factsLines } from './certificate-words.ts';
import { type Command, type Context, type Input, text } from './command.ts';
import { type PlacedFile, placeFile } from './folder.ts';
import { jobOf, jobOption } from './job-option.ts';
import { pathOf } from './places.ts';
import { withHost } from './run-host.ts';
import { refuseUsage } from './usage.ts';

type Signature = { p12: string; passphrase: string };

/** A key with its chain has some kilobytes. */
const mostP12Bytes = 75_000;

async function p12In(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size > mostP12Bytes) throw new Error('it is too large to be a PKCS#12 key file');
    return await readFile(path);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  }
}

async function signatureOf(input: Input, context: Context): Promise<Signature | null> {
  const given = text(input, 'p12');
  if (given === '') return null;
  const p12 = await p12In(pathOf(given));
  const passphrase = await passphraseOf(input, context, 'Passphrase of the key file: ');
  return { p12: p12.toString('base64'), passphrase: passphrase.toString('utf8') };
}

async function laboratoryIn(file: string): Promise<Laboratory> {
  const content = await smallFile(file);
  let parsed: ReturnType<typeof Laboratory.safeParse>;
  try {
    parsed = Laboratory.safeParse(JSON.parse(content));
  } catch (cause) {
    throw new Failure('FILE_UNREADABLE', { path: file, detail: 'it is not JSON' }, { cause });
  }
  if (parsed.success) return parsed.data;
  throw new Failure('FILE_UNREADABLE', { path: file, detail: z.prettifyError(parsed.error).slice(0, 500) });
}

/** The calibration that is meant: that of the certificate to amend, or the unit's newest. */
async function wizardOf(host: Host, named: string, amends: string): Promise<string> {
  if (amends !== '') {
    const facts = (await host.call('certificates.list', {})).find(({ number }) => number === amends);
    if (!facts) throw new Failure('NOT_FOUND', { thing: 'certificate', id: amends });
    return facts.wizard;
  }
  const { units } = await host.call('job.get', {});
  const unit = units.find(({ hardwareId, settings }) => hardwareId === named || settings?.tag === named);
  if (!unit) throw new Failure('NOT_FOUND', { thing: 'unit', id: named });
  if (unit.wizards.calibrate === null)
    throw new Failure('CERTIFICATE_NOT_ISSUED', { detail: `${named} was not calibrated in this job` });
  return unit.wizards.calibrate;
}

async function placeFiles(host: Host, { number }: CertificateFacts, folder: string): Promise<PlacedFile[]> {
  makeFolder(folder);
  const files: PlacedFile[] = [];
  for (const format of ['pdf', 'dcc', 'json'] as const) {
    const { name, base64 } = await host.call('certificates.read', { number, format });
    files.push(await placeFile(join(folder, name), Buffer.from(base64, 'base64')));
  }
  return files;
}

const laboratoryHelp = `An amendment is a new certificate that names the old one, which stays as it is.

The laboratory file is a JSON object; the job keeps it for the next certificate:
  {"party": {"name": "Example Lab", "address": "Street 1\\n12345 Town", "country": "DE", "contact": "lab@example.org"}}
  beside the party, where there is one: accreditation, logo (base64 of a PNG or JPEG), text (printed at the end),
  prefix (of the numbers), paper ("A4" or "LETTER"), rounding ("up", "nearest" or "gum")`;

export const certificateIssue: Command = {
  name: 'certificate issue',
  summary: 'issue the certificate of a calibration that is finished: PDF, DCC and record',
  help: laboratoryHelp,
  options: [
    jobOption,
    { flags: '--unit <unit>', description: 'hardware id or tag of the unit' },
    { flags: '--amends <number>', description: 'the certificate whose place this one takes' },
    { flags: '--reason <text>', description: 'why it is amended' },
    { flags: '--laboratory <file>', description: 'JSON: who calibrates; else as the job has it' },
    { flags: '--p12 <file>', description: 'a PKCS#12 key file: the PDF is signed with it' },
    passphraseOption,
    { flags: '--out <folder>', description: 'gets copies of the files' },
  ],
  example:
    'plumb certificate issue --job commissioning/job.plumb --unit TT-101 --laboratory lab.json --out certificates',
  run: async (input, context) => {
    const [unit, amends, reason] = ['unit', 'amends', 'reason'].map((name) => text(input, name)) as [
      string,
      string,
      string,
    ];
    if ((unit === '') === (amends === ''))
      return refuseUsage(
        'say --unit for a first certificate, or --amends for a new one in its place',
        context,
      );
    if ((amends === '') !== (reason === ''))
      return refuseUsage('--amends and --reason belong together', context);
    const file = text(input, 'laboratory');
    const laboratory = file === '' ? null : await laboratoryIn(file);
    const signature = await signatureOf(input, context);
    const out = text(input, 'out');
    const place = { ports: [], jobPath: jobOf(input), input };
    const { facts, files } = await withHost(place, context, async (host) => {
      if (laboratory !== null) await host.call('laboratory.describe', { laboratory });
      const issued = await host.call('certificates.issue', {
        wizard: await wizardOf(host, unit, amends),
        amends: amends === '' ? null : { number: amends, reason },
        signature,
      });
      return { facts: issued, files: out === '' ? [] : await placeFiles(host, issued, pathOf(out)) };
    });
    context.answer({ certificate: facts, files }, [
      ...factsLines(facts),
      ...files.map(({ path, size }) => `  ${path} (${size} bytes)`),
    ]);
    return 0;
  },
};
