import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SoftwareFacts } from '../../shared/contract/software.ts';
import type { SlotFile, SlotImage, UnitFile } from '../drivers/driver.ts';
import { canonical } from '../store/canonical-json.ts';
import { unitFile } from './files.ts';

/** Software for a unit: its files inside of a slot, and the program that starts a slot. */
export interface Software {
  facts: SoftwareFacts;
  files: UnitFile[];
  trampoline: UnitFile;
}

export async function appSoftware(resources: string, version: string): Promise<Software> {
  const root = join(resources, 'agent');
  const modules = (await readdir(join(root, 'plumbline'))).filter((name) => name.endsWith('.py')).sort();
  const read = async (path: string): Promise<UnitFile> => unitFile(path, await readFile(join(root, path)));
  return {
    facts: { product: 'plumbline-agent', version, securityCounter: 0, bundle: null },
    files: await Promise.all(modules.map((name) => read(`/plumbline/${name}`))),
    trampoline: await read('/main.py'),
  };
}

/** The software with everything that it is started with; its manifest names them all. */
export function slotImage(
  software: Software,
  given: { files: readonly SlotFile[]; data: readonly UnitFile[] },
): SlotImage {
  const inSlot = software.files.map((file): SlotFile => ({ ...file, size: file.bytes.length }));
  const files = [...inSlot, ...given.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const { product, version, securityCounter } = software.facts;
  const text = canonical(
    {
      v: 1,
      product,
      version,
      counter: securityCounter,
      files: files.map(({ path, size, sha256 }) => [path, size, sha256]),
    },
    'manifest',
  );
  const manifest = unitFile('/manifest.json', new TextEncoder().encode(text));
  return { files, manifest, trampoline: software.trampoline, data: given.data };
}
