import type { TrustedKey } from '../../shared/contract/software.ts';
import { trustedKeys, trustKey, withdrawKey, withProject } from '../host/configurations.ts';
import { smallFile } from './bundle-files.ts';
import { type Command, type Context, type ExitCode, type Input, text } from './command.ts';
import { projectOf, projectOption } from './project.ts';

const keysOf = (input: Input, work: Parameters<typeof withProject<TrustedKey[]>>[1]): Promise<TrustedKey[]> =>
  withProject(projectOf(input) ?? '', work);

function answer(context: Context, keys: TrustedKey[]): ExitCode {
  const lines = keys.map(({ id, name, key }) => `${id}  ${name}  ${key}`);
  context.answer(
    { keys },
    lines.length > 0 ? lines : ['This project trusts no key; no bundle goes onto a unit.'],
  );
  return 0;
}

const list: Command = {
  name: 'keys list',
  summary: 'the keys whose bundles this project takes',
  options: [projectOption],
  example: 'plumb keys list --project job.plumb',
  run: async (input, context) => answer(context, await keysOf(input, trustedKeys)),
};

const trust: Command = {
  name: 'keys trust',
  summary: 'take bundles that this key signed from now on; compare it with its owner by another way first',
  arguments: [{ name: 'key', description: 'a public key, a minisign file' }],
  options: [{ flags: '--name <name>', description: 'whose key it is', required: true }, projectOption],
  example: 'plumb keys trust bundle.pub --name "Sensor works" --project job.plumb',
  run: async (input, context) => {
    const key = await smallFile(input.arguments[0] ?? '');
    return answer(
      context,
      await keysOf(input, (store) => trustKey(store, { key, name: text(input, 'name') })),
    );
  },
};

const withdraw: Command = {
  name: 'keys withdraw',
  summary: 'take nothing that this key signed any more, bundles that were taken before included',
  arguments: [{ name: 'id', description: 'of the key, as "plumb keys list" shows it' }],
  options: [projectOption],
  example: 'plumb keys withdraw 0123456789ABCDEF --project job.plumb',
  run: async (input, context) =>
    answer(context, await keysOf(input, (store) => withdrawKey(store, input.arguments[0] ?? ''))),
};

/** `plumb keys …`: whose software may go onto the units of a project. */
export const keysCommands: readonly Command[] = [list, trust, withdraw];
