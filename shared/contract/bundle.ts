import { z } from 'zod';
import { Sha256 } from './devices.ts';
import { PlateText } from './provision-text.ts';

/**
 * What is read of a bundle is never more than this, whatever it declares. A unit's flash is 16 MiB at most, and
 * several bundles may be read at once.
 */
export const bundleLimits = {
  manifestBytes: 128 * 1024,
  signatureBytes: 1024,
  files: 400,
  /** All files together. */
  fileBytes: 16 * 1024 * 1024,
  /** Of one path on the unit. */
  pathLength: 80,
} as const;

/**
 * An absolute path on the unit, in the letters that every file system takes alike: no `..`, no empty part, no
 * backslash, colon, tilde (FAT's short names), no dot at an end (FAT drops it).
 */
export const UnitPath = z
  .string()
  .max(bundleLimits.pathLength)
  .regex(/^(?:\/[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?)+$/, {
    error: 'must be an absolute path of letters, digits, _ . - whose parts begin with a letter, digit or _',
  });

export const BundleFile = z.strictObject({
  path: UnitPath,
  size: z.number().int().min(0).max(bundleLimits.fileBytes),
  sha256: Sha256,
});
export type BundleFile = z.infer<typeof BundleFile>;

/** Text in which `*` stands for anything; compared letter by letter. */
const Pattern = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII');
const Revision = z.number().int().min(0).max(65_535);

/** Units that a bundle is for. A revision range is met only by a unit whose revision is known. */
export const HardwareRange = z
  .strictObject({
    /** What the unit's software says it runs on: `Raspberry Pi Pico*`. */
    machine: Pattern,
    /** `rp2`, `esp32`. */
    platform: Pattern,
    minRevision: Revision.nullable(),
    maxRevision: Revision.nullable(),
  })
  .refine(({ minRevision, maxRevision }) => (minRevision ?? 0) <= (maxRevision ?? 65_535), {
    path: ['maxRevision'],
    error: 'must not be less than minRevision',
  });
export type HardwareRange = z.infer<typeof HardwareRange>;

/** semver.org 2.0.0: major.minor.patch, then -pre.release and +build. */
export const SemanticVersion = z
  .string()
  .max(64)
  .regex(
    /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/,
    'must be a version such as 1.4.0',
  );

/** An instant in one form only, so that nothing depends on a time zone. */
const Instant = z.iso
  .datetime({ precision: 0, error: 'must be a moment in UTC such as 2027-12-31T00:00:00Z' })
  .max(20);

const head = {
  /** Names the kind of document inside the signed bytes: a signature is never good for another kind. */
  format: z.literal('plumbline-bundle-1'),
  product: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be lower-case letters, digits, . _ - (at most 64)'),
  hardware: z.array(HardwareRange).min(1).max(20),
  version: SemanticVersion,
  /** Never goes down between releases; raised when an older release must not come back. */
  securityCounter: z.number().int().min(0).max(2_147_483_647),
  minimumApp: SemanticVersion,
  /** From this moment on the bundle is refused. */
  expires: Instant.nullable(),
};

/** What a person writes; the files are those of a folder. */
export const BundleDescription = z.strictObject(head);
export type BundleDescription = z.infer<typeof BundleDescription>;

/** What is signed, as canonical JSON. */
export const BundleManifest = z
  .strictObject({ ...head, files: z.array(BundleFile).min(1).max(bundleLimits.files) })
  .superRefine(({ files }, context) => {
    for (const message of fileMistakes(files)) {
      context.addIssue({ code: 'custom', path: ['files'], message });
    }
  });
export type BundleManifest = z.infer<typeof BundleManifest>;

/** One order, no path twice on a file system that knows no case (FAT), no file where another needs a folder. */
function* fileMistakes(files: readonly BundleFile[]): Generator<string> {
  const folded = new Set(files.map(({ path }) => path.toLowerCase()));
  if (folded.size < files.length) yield 'two paths are the same but for their case';
  if (files.some(({ path }, index) => index > 0 && path < (files[index - 1]?.path ?? ''))) {
    yield 'the paths are not in order';
  }
  const isInsideAFile = ({ path }: BundleFile): boolean =>
    foldersOf(path.toLowerCase()).some((folder) => folded.has(folder));
  const inside = files.find(isInsideAFile);
  if (inside) yield `${inside.path} lies in a folder that is also a file`;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > bundleLimits.fileBytes) yield `all files together are ${bytes} bytes`;
}

/** `/a` and `/a/b` of `/a/b/c`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_part, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

/** The unit as far as it is known; what is not known is null and meets no condition on it. */
export interface UnitHardware {
  machine: string;
  platform: string | null;
  revision: number | null;
}

/** Who let a lower counter pass, and why: the record keeps it. */
export const RollbackOverride = z.strictObject({
  name: PlateText.min(1),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(400)
    .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters'),
});
export type RollbackOverride = z.infer<typeof RollbackOverride>;
