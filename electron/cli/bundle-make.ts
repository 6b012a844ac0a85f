import { isAbsolute, relative, sep } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { BundleDescription } from '../../shared/contract/bundle.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Mistake } from '../../shared/contract/validate.ts';
import { bundleFolder, makeBundle, writeBundleFile } from '../host/bundles.ts';
import { smallFile } from './bundle-files.ts';
import { type Command, text } from './command.ts';
import { mistakeLines } from './output.ts';
import { pathOf } from './places.ts';

export const bundleMakeCommand: Command = {
  name: 'bundle make',
  summary: 'put the files of a folder into a bundle',
  arguments: [
    { name: 'folder', description: 'mirrors the file tree of the unit; of an agent, plumbline and lib' },
  ],
  options: [
    {
      flags: '--manifest <file>',
      description: 'product, hardware, version and the like as JSON, without the files',
      required: true,
    },
    { flags: '--out <bundle>', description: 'the bundle, replaced if it is there', required: true },
  ],
  example: 'plumb bundle make agent-1.4.0 --manifest agent-1.4.0.json --out agent-1.4.0.bundle',
  run: async (input, context) => {
    const [folder, path] = [pathOf(input.arguments[0] ?? ''), pathOf(text(input, 'out'))];
    if (isInside(folder, path))
      throw new InvalidArgumentError('the bundle would lie in the folder that it is made of');
    const described = await readDescription(text(input, 'manifest'));
    if ('mistakes' in described) {
      const failure = new Failure('BUNDLE_INVALID', { detail: `${text(input, 'manifest')} has mistakes` });
      context.wrong({ failure, mistakes: described.mistakes }, [
        failure.message,
        ...mistakeLines(described.mistakes),
      ]);
      return 2;
    }
    const { manifest, bytes } = makeBundle(described.description, await bundleFolder(folder));
    await writeBundleFile(path, bytes);
    context.answer({ path, size: bytes.length, manifest }, [
      ...manifest.files.map(({ path: file, size, sha256 }) => `${sha256}  ${size}  ${file}`),
      `${path}: ${manifest.product} ${manifest.version}, security counter ${manifest.securityCounter}, not signed yet.`,
    ]);
    return 0;
  },
};

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function readDescription(
  given: string,
): Promise<{ description: BundleDescription } | { mistakes: Mistake[] }> {
  const content = await smallFile(given);
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    const message = `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    return { mistakes: [{ path: given, message }] };
  }
  const parsed = BundleDescription.safeParse(value);
  if (parsed.success) return { description: parsed.data };
  return {
    mistakes: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.') || given, message })),
  };
}
