import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BundleManifest, SemanticVersion } from '../../../shared/contract/bundle.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SoftwareFacts } from '../../../shared/contract/software.ts';
import type { UnitFile } from '../../drivers/driver.ts';
import { unitFile } from '../files.ts';

/** Software for a unit: its files inside of a slot, and the program that starts a slot. */
export interface Software {
  facts: SoftwareFacts;
  files: UnitFile[];
  trampoline: UnitFile;
}

const Label = z.strictObject({
  product: BundleManifest.shape.product,
  version: SemanticVersion,
  counter: BundleManifest.shape.securityCounter,
});

/** What the app carries: `resources/agent` mirrors the unit, its `software.json` says what it is. FILE_UNREADABLE. */
export async function appSoftware(resources: string): Promise<Software> {
  const root = join(resources, 'agent');
  const modules = await readable(root, readdir(join(root, 'plumbline')));
  const paths = modules.filter((name) => name.endsWith('.py')).sort();
  return {
    facts: await labelOf(join(root, 'software.json')),
    files: await Promise.all(paths.map((name) => carried(root, `/plumbline/${name}`))),
    trampoline: await carried(root, '/main.py'),
  };
}

async function carried(root: string, path: string): Promise<UnitFile> {
  const file = join(root, path);
  return unitFile(path, await readable(file, readFile(file)));
}

async function labelOf(path: string): Promise<SoftwareFacts> {
  const label = readFile(path, 'utf8').then((text) => Label.parse(JSON.parse(text)));
  const { product, version, counter } = await readable(path, label);
  return { product, version, securityCounter: counter, bundle: null };
}

function readable<T>(path: string, reading: Promise<T>): Promise<T> {
  return reading.catch((cause: unknown) => {
    const detail = cause instanceof Error ? cause.message.slice(0, 300) : String(cause);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  });
}
