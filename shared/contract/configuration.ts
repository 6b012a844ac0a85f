import { z } from 'zod';
import { HardwareId, Sha256, UnitIdentity } from './devices.ts';

/** Files of a unit that are its configuration, by the name they have wherever they lie on it. */
export const configurationFiles = ['config.json', 'calibration.json', 'rules.json'] as const;
export type ConfigurationFile = (typeof configurationFiles)[number];

/**
 * A unit's configuration as it was read from it, byte for byte. Secrets are never in it: of a file with secrets only
 * that it is there is kept, so that a difference in it is never called none.
 */
export const Snapshot = z.strictObject({
  format: z.literal('plumbline-snapshot-1'),
  unit: UnitIdentity,
  /** Host clock, ms since 1970. */
  at: z.number().int(),
  /** Software that was in force: hash of the slot's manifest; null where the unit has no slots. */
  software: Sha256.nullable(),
  files: z
    .array(
      z.strictObject({
        name: z.enum(configurationFiles),
        /** Where it was on the unit. */
        path: z.string().max(120),
        sha256: Sha256,
        base64: z.string().max(64 * 1024),
      }),
    )
    .max(configurationFiles.length),
  /** What the unit ran before it was Plumbline's, and is replaced: kept, so that nobody's program is lost. */
  programs: z
    .array(
      z.strictObject({
        path: z.string().max(60),
        size: z.number().int(),
        sha256: Sha256,
        /** Null: too large to be kept. */
        base64: z
          .string()
          .max(64 * 1024)
          .nullable(),
      }),
    )
    .max(5)
    .exactOptional(),
  /** Names of files with secrets that the unit holds. */
  secrets: z.array(z.string().max(60)).max(10),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** Short facts of a snapshot that the record keeps whole. */
export const SnapshotFacts = z.strictObject({
  sha256: Sha256,
  unit: HardwareId,
  at: z.number().int(),
  files: z.array(
    z.strictObject({ name: z.string(), path: z.string(), sha256: Sha256, size: z.number().int() }),
  ),
});
export type SnapshotFacts = z.infer<typeof SnapshotFacts>;

/**
 * One line of the three-way difference. Values are canonical JSON text; null: not there. Where two files have other
 * bytes but the same values, one line with the path `(bytes)` says so: no difference is ever left out.
 */
export const DifferenceLine = z.strictObject({
  /** `config.json:/channels/0/oversample`; names the line for good. */
  id: z.string().max(200),
  file: z.string().max(60),
  /** JSON pointer (RFC 6901) into the file; list entries by `id` where they have one. */
  path: z.string().max(150),
  factory: z.string().max(2000).nullable(),
  asFound: z.string().max(2000).nullable(),
  toBe: z.string().max(2000).nullable(),
  /** Whether leaving it out is possible: the configuration must stay whole without it. */
  optional: z.boolean(),
});
export type DifferenceLine = z.infer<typeof DifferenceLine>;
