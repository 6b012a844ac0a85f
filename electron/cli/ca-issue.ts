import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { BrokerSettings, HostName } from '../../shared/contract/connection.ts';
import { HardwareId } from '../../shared/contract/devices.ts';
import { makeFolder } from '../files/files.ts';
import { type IssuedFiles, issueForServer, issueForUnit } from '../host/authority.ts';
import { smallFile } from './bundle-files.ts';
import { passphraseOption } from './bundle-passphrase.ts';
import { certificateLines } from './ca-show.ts';
import { type Command, type Context, type Input, text } from './command.ts';
import { writeNew } from './new-file.ts';
import { numberBetween } from './numbers.ts';
import { pathOf } from './places.ts';
import { projectOf, projectOption } from './project.ts';
import { withVault } from './vault.ts';

export const caIssueCommand: Command = {
  name: 'ca issue',
  summary: 'issue a certificate to a unit or to a broker',
  options: [
    projectOption,
    { flags: '--unit <hex>', description: 'hardware id of the unit', parse: hardwareId },
    { flags: '--csr <file>', description: 'its request; without one a key is made here as well' },
    {
      flags: '--server <names>',
      description: 'the broker: its names and addresses, with commas',
      parse: names,
    },
    {
      flags: '--out <folder>',
      description: 'gets cert.pem, ca.pem, and key.pem where it was made here',
      required: true,
    },
    {
      flags: '--topic <topic>',
      description: 'where the units are in the topics',
      fallback: 'plumbline',
      parse: topic,
    },
    { flags: '--days <n>', description: 'how long it is valid', parse: numberBetween(1, 7305) },
    passphraseOption,
  ],
  example: 'plumb ca issue --project job.plumb --unit e66de74fd0e82c10 --csr unit.csr --out unit',
  run: async (input, context) => {
    const isUnit = input.options.unit !== undefined;
    if (isUnit === (input.options.server !== undefined)) {
      throw new InvalidArgumentError('say --unit or --server');
    }
    const issued = await issue(input, context);
    const folder = pathOf(text(input, 'out'));
    const files = await place(folder, issued);
    const { subject, fingerprint, notAfter, acl } = issued;
    context.answer({ subject, fingerprint, notAfter, files, acl }, [
      ...certificateLines(issued),
      ...files,
      ...(acl.length > 0 ? ['For the access list of the broker:', ...acl.map((line) => `  ${line}`)] : []),
    ]);
    return 0;
  },
};

async function issue(input: Input, context: Context): Promise<IssuedFiles> {
  const project = projectOf(input) ?? '';
  const days = input.options.days === undefined ? {} : { days: Number(input.options.days) };
  const csr = input.options.csr === undefined ? null : await smallFile(text(input, 'csr'));
  return withVault(project, input, context, (vault) =>
    input.options.unit === undefined
      ? issueForServer(project, vault, { names: text(input, 'server').split(','), ...days })
      : issueForUnit(project, vault, {
          unit: text(input, 'unit'),
          request: csr,
          topic: text(input, 'topic'),
          ...days,
        }),
  );
}

/** All of them or none. */
async function place(folder: string, { certificate, authority, key }: IssuedFiles): Promise<string[]> {
  makeFolder(folder);
  const written: string[] = [];
  const put = async (name: string, content: string | Uint8Array, mode: number): Promise<void> => {
    await writeNew(join(folder, name), content, mode);
    written.push(join(folder, name));
  };
  try {
    if (key) await put('key.pem', key.reveal(), 0o600);
    await put('cert.pem', certificate, 0o644);
    await put('ca.pem', authority, 0o644);
    return written;
  } catch (thrown) {
    for (const path of written) await rm(path, { force: true });
    throw thrown;
  } finally {
    key?.dispose();
  }
}

function hardwareId(given: string): string {
  const id = given.toLowerCase();
  if (HardwareId.safeParse(id).success) return id;
  throw new InvalidArgumentError('a hardware id is 4 to 64 hexadecimal digits');
}

/** It stands in lines for the broker's access list. */
function topic(given: string): string {
  const parsed = BrokerSettings.shape.topic.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`a topic ${parsed.error.issues[0]?.message ?? 'is one to four names'}`);
}

function names(given: string): string {
  const all = given.split(',').map((name) => name.trim());
  const odd = all.find((name) => !HostName.safeParse(name).success);
  if (odd === undefined) return all.join(',');
  throw new InvalidArgumentError(`"${odd}" is no host name and no address`);
}
