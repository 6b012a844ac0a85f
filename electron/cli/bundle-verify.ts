import { InvalidArgumentError } from 'commander';
import type { UnitHardware } from '../../shared/contract/bundle.ts';
import {
  bundleFile,
  type Circumstances,
  parsePublicKey,
  type VerifiedBundle,
  verifyBundle,
} from '../host/bundles.ts';
import { smallFile } from './bundle-files.ts';
import { overrideOf, overrideOptions } from './bundle-override.ts';
import { type Command, type Input, text } from './command.ts';
import { numberBetween } from './numbers.ts';
import { pathOf, version } from './places.ts';

export const bundleVerifyCommand: Command = {
  name: 'bundle verify',
  summary: 'check the signature and every file of a bundle, and whether it is for a unit',
  arguments: [{ name: 'bundle', description: 'the bundle' }],
  options: [
    { flags: '--key <file>', description: 'the public key that is trusted, a minisign file', required: true },
    { flags: '--product <name>', description: 'it must be for this product' },
    { flags: '--machine <text>', description: 'it must be for this machine, as "plumb identify" names it' },
    { flags: '--platform <name>', description: 'of the machine, such as rp2' },
    { flags: '--revision <n>', description: 'of the machine', parse: numberBetween(0, 65_535) },
    {
      flags: '--counter <n>',
      description: 'the highest security counter that was seen',
      parse: numberBetween(0, 2_147_483_647),
    },
    ...overrideOptions,
  ],
  example: 'plumb bundle verify agent-1.4.0.bundle --key keys/bundle.pub --product plumbline-agent',
  run: async (input, context) => {
    const path = pathOf(input.arguments[0] ?? '');
    const circumstances = circumstancesOf(input);
    const keyFile = text(input, 'key');
    const trustedKeys = [parsePublicKey(await smallFile(keyFile), keyFile)];
    const source = bundleFile(path, context.signal);
    const verified = await verifyBundle(source, { ...circumstances, trustedKeys });
    const { manifest, key, trustedComment, overridden } = verified;
    const asked = { product: circumstances.product !== null, machine: circumstances.machine !== null };
    context.answer(
      { ok: true, path, key, trustedComment, manifest, asked, overridden },
      lines(path, verified),
    );
    return 0;
  },
};

function circumstancesOf(input: Input): Circumstances {
  const override = overrideOf(input);
  return {
    product: text(input, 'product') || null,
    machine: machineOf(input),
    appVersion: version,
    now: new Date(),
    highestCounterSeen: wholeOrNull(input, 'counter'),
    ...(override ? { override } : {}),
  };
}

function machineOf(input: Input): UnitHardware | null {
  const machine = text(input, 'machine');
  const [platform, revision] = [text(input, 'platform') || null, wholeOrNull(input, 'revision')];
  if (machine !== '') return { machine, platform, revision };
  if (platform === null && revision === null) return null;
  throw new InvalidArgumentError('--platform and --revision say more of --machine, which is missing');
}

const wholeOrNull = (input: Input, name: string): number | null =>
  input.options[name] === undefined ? null : Number(input.options[name]);

function lines(path: string, { manifest, key, files, overridden }: VerifiedBundle): string[] {
  const { product, version: release, securityCounter, expires } = manifest;
  const passed = overridden
    ? [
        `Counter ${overridden.counter} is below ${overridden.highestCounterSeen}: passed by ${overridden.name}, ${overridden.reason}.`,
      ]
    : [];
  return [
    `${path}: ${product} ${release}, security counter ${securityCounter}, ${files.length} files, as signed by ${key}.`,
    expires === null ? 'It does not expire.' : `It expires at ${expires}.`,
    ...passed,
  ];
}
