import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../files/files.ts';
import { formatPublicKey, formatSecretKey, generateKey, publicPart } from '../host/bundles.ts';
import { newPassphrase, passphraseOption } from './bundle-passphrase.ts';
import { type Command, text } from './command.ts';
import { writeNew } from './new-file.ts';
import { pathOf } from './places.ts';

export const bundleKeyCommand: Command = {
  name: 'bundle key',
  summary: 'make a key pair that signs bundles',
  options: [
    { flags: '--out <folder>', description: 'gets bundle.key (secret) and bundle.pub', required: true },
    { ...passphraseOption, description: 'its first line protects the secret key' },
    { flags: '--unencrypted', description: 'no passphrase: whoever reads bundle.key can sign' },
  ],
  example: 'plumb bundle key --out keys',
  run: async (input, context) => {
    const folder = pathOf(text(input, 'out'));
    const passphrase = input.options.unencrypted === true ? null : await newPassphrase(input, context);
    const key = generateKey();
    const secret = await formatSecretKey(key, passphrase);
    passphrase?.fill(0);
    makeFolder(folder);
    const places = { secret: join(folder, 'bundle.key'), public: join(folder, 'bundle.pub') };
    // Only its owner may read it, from the first byte on. Windows has no modes; there the folder's rights hold.
    await writeNew(places.secret, secret, 0o600);
    const publicKey = publicPart(key);
    try {
      await writeNew(places.public, formatPublicKey(publicKey), 0o644);
    } catch (thrown) {
      await rm(places.secret, { force: true });
      throw thrown;
    }
    context.answer(
      {
        key: publicKey.id,
        secretKey: places.secret,
        publicKey: places.public,
        encrypted: passphrase !== null,
      },
      [
        `Key ${publicKey.id}`,
        `${places.secret}: keep it secret, and keep a copy: nobody can make it again.`,
        `${places.public}: give it to those who trust your bundles.`,
      ],
    );
    return 0;
  },
};
