import { existsSync } from 'node:fs';
import { EncryptedFileStore, outsideSecrets, type SecretStore, Vault } from '../host/secrets.ts';
import { newPassphrase, passphraseOf } from './bundle-passphrase.ts';
import type { Context, Input } from './command.ts';
import { pathOf } from './places.ts';
import { redactor } from './redaction.ts';

/** The encrypted file with a project's secrets, beside it. */
export const secretsFileOf = (jobPath: string): string => `${jobPath}.secrets`;

const words = {
  ask: 'Passphrase of the secrets of this project: ',
  askNew: 'Passphrase for the secrets of this project: ',
};

/** Its passphrase is asked for when it is needed; twice where the file is new. */
export function secretStoreOf(jobPath: string, input: Input, context: Context): SecretStore {
  const path = secretsFileOf(jobPath);
  return new EncryptedFileStore(path, () =>
    existsSync(path)
      ? passphraseOf(input, context, words.ask)
      : newPassphrase(input, context, { ask: words.askNew, hint: '' }),
  );
}

/** `env:` and `file:` names, as the person at this terminal means them. */
export const outside = outsideSecrets(process.env, pathOf);

/** The project's secrets, for a command that needs no host. Wiped when the work is done. */
export async function withVault<T>(
  jobPath: string,
  input: Input,
  context: Context,
  work: (vault: Vault) => Promise<T>,
): Promise<T> {
  const vault = new Vault({ redactor, store: secretStoreOf(jobPath, input, context), outside });
  try {
    return await work(vault);
  } finally {
    await vault.close();
  }
}
