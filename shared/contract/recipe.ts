import { z } from 'zod';
import { CalibrationPlan } from './calibrate.ts';
import { ConnectionSettings, noConnection } from './connection.ts';
import { DecimalText } from './devices.ts';
import { PlateText, UnitSettings } from './provision.ts';
import { SoftwareChoice } from './software.ts';
import { AuthorRules } from './validate.ts';

/** A whole commissioning as data: `plumb run RECIPE.json`, and the demo that `npm start` offers. */
export const Recipe = z.strictObject({
  recipe: z.literal(1),
  title: PlateText.min(1),
  /** The tag may hold `{n}`: the number of the unit where many get the same recipe. */
  provision: UnitSettings,
  connection: ConnectionSettings.default(noConnection),
  software: SoftwareChoice.default({ kind: 'app' }),
  calibrate: CalibrationPlan,
  validate: z.strictObject({
    rules: AuthorRules,
    /** Driven in turn where the reference can; elsewhere the engineer drives the measurand. */
    setPoints: z.array(DecimalText).max(40),
    timeoutSeconds: z.number().int().min(1).max(86_400),
  }),
  report: z.strictObject({ engineer: PlateText.min(1), customer: PlateText.default('') }),
});
export type Recipe = z.infer<typeof Recipe>;
