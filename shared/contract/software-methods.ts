import { z } from 'zod';
import { RollbackOverride } from './bundle.ts';
import { Snapshot, SnapshotFacts } from './configuration.ts';
import { HardwareId, Sha256 } from './devices.ts';
import { PlateText } from './provision-text.ts';
import { KnownBundle, TrustedKey } from './software.ts';

const nothing = z.strictObject({});
const keys = z.array(TrustedKey);

/** A message of the page has less than 1 MB; a larger bundle is taken in with `plumb bundle accept`. */
export const mostBundleLetters = 960_000;

/** Methods about what goes onto units: keys and bundles that the project takes, configurations that were kept. */
export const softwareMethods = {
  'keys.list': { params: nothing, result: keys },
  /** A minisign public key: its file, or the line alone. */
  'keys.trust': {
    params: z.strictObject({ key: z.string().max(500), name: PlateText.min(1) }),
    result: keys,
  },
  'keys.withdraw': { params: z.strictObject({ id: z.string().max(16) }), result: keys },
  /** Refused whole with the reason, or kept with the project. */
  'bundles.add': {
    params: z.strictObject({
      base64: z.base64().max(mostBundleLetters),
      override: RollbackOverride.nullable().default(null),
    }),
    result: KnownBundle,
  },
  'bundles.list': { params: nothing, result: z.array(KnownBundle) },
  /** Of one unit or of all, oldest first. */
  'snapshots.list': {
    params: z.strictObject({ unit: HardwareId.nullable().default(null) }),
    result: z.array(SnapshotFacts),
  },
  'snapshots.read': { params: z.strictObject({ sha256: Sha256 }), result: Snapshot },
} as const;
