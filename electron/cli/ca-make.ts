import { makeAuthority } from '../host/authority.ts';
import { passphraseOption } from './bundle-passphrase.ts';
import { certificateLines } from './ca-show.ts';
import { type Command, text } from './command.ts';
import { numberBetween } from './numbers.ts';
import { projectOf, projectOption } from './project.ts';
import { secretsFileOf, withVault } from './vault.ts';

export const caMakeCommand: Command = {
  name: 'ca make',
  summary: 'make the authority of a project, its key in an encrypted file beside it',
  options: [
    projectOption,
    {
      ...passphraseOption,
      description: 'its first line protects the key; else PLUMB_PASSPHRASE, else you are asked',
    },
    {
      flags: '--days <n>',
      description: 'how long it is valid',
      fallback: 3653,
      parse: numberBetween(1, 7305),
    },
    { flags: '--again', description: 'a new one, although there is one: its units must be provisioned anew' },
  ],
  example: 'plumb ca make --project commissioning/job.plumb',
  run: async (input, context) => {
    const project = projectOf(input) ?? '';
    const days = Number(text(input, 'days'));
    const again = input.options.again === true;
    const made = await withVault(project, input, context, (vault) =>
      makeAuthority(project, vault, { days, again }),
    );
    const secrets = secretsFileOf(project);
    const { certificate, fingerprint, subject, notAfter } = made;
    context.answer({ project, secrets, subject, fingerprint, notAfter, certificate }, [
      ...certificateLines(made),
      `${secrets}: holds the key, closed with the passphrase; keep a copy of both.`,
    ]);
    return 0;
  },
};
