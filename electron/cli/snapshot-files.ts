import { stat } from 'node:fs/promises';
import type { Snapshot } from '../../shared/contract/configuration.ts';
import { readSnapshot } from '../host/configurations.ts';
import { smallFile } from './bundle-files.ts';
import { pathOf } from './places.ts';

/** A snapshot that "plumb snapshot" wrote. FILE_UNREADABLE. */
export const snapshotFile = async (given: string): Promise<Snapshot> =>
  readSnapshot(await smallFile(given), pathOf(given));

/** A port is a file as well on Unix, but never a plain one. */
export const isPlainFile = (given: string): Promise<boolean> =>
  stat(pathOf(given)).then(
    (facts) => facts.isFile(),
    () => false,
  );
