import {
  bundleFile,
  needsPassphrase,
  parseSecretKey,
  publicPart,
  signBundle,
  writeBundleFile,
} from '../host/bundles.ts';
import { smallFile } from './bundle-files.ts';
import { passphraseOf, passphraseOption } from './bundle-passphrase.ts';
import { type Command, text } from './command.ts';
import { pathOf } from './places.ts';

export const bundleSignCommand: Command = {
  name: 'bundle sign',
  summary: 'sign a bundle, in place of any signature that it has',
  arguments: [{ name: 'bundle', description: 'a bundle of "plumb bundle make"' }],
  options: [
    { flags: '--key <file>', description: 'the secret key, a minisign file', required: true },
    passphraseOption,
  ],
  example: 'plumb bundle sign agent-1.4.0.bundle --key keys/bundle.key',
  run: async (input, context) => {
    const [path, keyFile] = [pathOf(input.arguments[0] ?? ''), text(input, 'key')];
    const keyText = await smallFile(keyFile);
    const passphrase = needsPassphrase(keyText, keyFile) ? await passphraseOf(input, context) : null;
    const key = await parseSecretKey(keyText, keyFile, passphrase);
    passphrase?.fill(0);
    const { manifest, bytes } = await signBundle(bundleFile(path, context.signal), key);
    await writeBundleFile(path, bytes);
    const { id } = publicPart(key);
    const { product, version, securityCounter, files } = manifest;
    context.answer({ path, key: id, manifest }, [
      `${path}: ${product} ${version}, security counter ${securityCounter}, ${files.length} files, signed with ${id}.`,
    ]);
    return 0;
  },
};
