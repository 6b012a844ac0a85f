import { z } from 'zod';
import { CalibrationPlan } from './calibration-plan.ts';
import { Circumstances, Laboratory, noCircumstances } from './certificate.ts';
import { ConnectionSettings, noConnection } from './connection.ts';
import { DecimalText } from './devices.ts';
import { UnitSettings } from './provision.ts';
import { PlateText } from './provision-text.ts';
import { SoftwareChoice } from './software.ts';
import { ReferenceSource, ReferenceStandard } from './standards.ts';
import { AuthorRules, QuietSeconds } from './validate.ts';

/** A tag in which `{n}` stands for the number of the unit, where many get the same recipe. */
export const NumberedTag = PlateText.min(1).regex(
  /^(?:[A-Za-z0-9]|\{n\})(?:[A-Za-z0-9._/-]|\{n\})*$/,
  'letters, digits, . _ / - only, and {n} for the number of the unit',
);

/** A whole commissioning as data: `plumb run RECIPE.json`, and the demo that `npm start` offers. */
export const Recipe = z.strictObject({
  recipe: z.literal(1),
  title: PlateText.min(1),
  provision: UnitSettings.extend({ tag: NumberedTag }),
  connection: ConnectionSettings.default(noConnection),
  software: SoftwareChoice.default({ kind: 'app' }),
  /** Null: the sensors are not calibrated here. */
  calibrate: CalibrationPlan.nullable().default(null),
  /** How the reference of the calibration is read. */
  source: ReferenceSource.default({ kind: 'scpi' }),
  /** The reference standard of the register; null: the one that the instrument says it is. */
  standard: ReferenceStandard.pick({ maker: true, model: true, serial: true }).nullable().default(null),
  /** Null: no certificate is issued. */
  certificate: z
    .strictObject({
      /** Null: the laboratory as the job has it already. */
      laboratory: Laboratory.nullable().default(null),
      circumstances: Circumstances.default(noCircumstances),
      /** The standard is used although something speaks against it: why. Null: then nothing is measured. */
      standardOverride: z.string().trim().min(3).max(200).nullable().default(null),
    })
    .nullable()
    .default(null),
  /** Null: there are no rules to prove. */
  validate: z
    .strictObject({
      rules: AuthorRules,
      /** Driven in turn where the reference can; elsewhere the engineer drives the measurand. */
      setPoints: z.array(DecimalText).max(40),
      timeoutSeconds: z.number().int().min(1).max(86_400),
      /** How long normal operation is watched in which no rule may fire, after each was seen to fire and to clear. */
      quietSeconds: QuietSeconds.default(10),
    })
    .nullable()
    .default(null),
  report: z.strictObject({ engineer: PlateText.min(1), customer: PlateText.default('') }),
});
export type Recipe = z.infer<typeof Recipe>;

/** Whether the recipe measures with a reference on a port: then it must be there. */
export const needsReference = ({ calibrate, source, validate }: Recipe): boolean =>
  (calibrate !== null && source.kind !== 'channel') || (validate !== null && validate.setPoints.length > 0);
