import { z } from 'zod';
import { type AuthorCondition, conditionSchema, DurationText } from './author-condition.ts';

export {
  AuthorCondition,
  AuthorDays,
  type AuthorSource,
  conditionFields,
  type DayName,
  DurationText,
  dayNames,
  isLevel,
  type LevelCondition,
  oneTest,
  SensorName,
} from './author-condition.ts';

export const RuleId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}$/,
    'must be lower-case letters, digits and -, starting with a letter, at most 31',
  );

/** What the unit itself does while a rule is active; `output` is a pin's number. */
export const AuthorAction = z.strictObject({
  output: z.number().int().min(0).max(255),
  level: z.union([z.literal(0), z.literal(1)], 'must be 0 or 1'),
});
export type AuthorAction = z.infer<typeof AuthorAction>;

const Condition: z.ZodType<AuthorCondition> = conditionSchema;

/** Author form of one rule: names, decimal text in engineering units. Compiled by `shared/rules`. */
export const AuthorRule = z.strictObject({
  id: RuleId,
  title: z.string().trim().max(80).exactOptional(),
  when: Condition,
  /** On-delay. */
  for: DurationText.default('0s'),
  /** Off-delay. */
  clearAfter: DurationText.default('0s'),
  ifNoData: z.enum(['clear', 'fire', 'keep']).default('keep'),
  severity: z.enum(['low', 'medium', 'high']).default('medium'),
  /** Stays latched after it returned to normal until somebody acknowledges it. */
  needsAck: z.boolean().exactOptional(),
  /** Repeats the alarm while it lasts, at most so many times. */
  remind: z.strictObject({ every: DurationText, times: z.number().int().min(1).max(256) }).exactOptional(),
  /** A start within the alarm is no alarm: the condition must have been false once before. */
  onlyOnCrossing: z.boolean().exactOptional(),
  /** Rules of one group tell which of them was first. */
  firstOut: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and -, at most 31')
    .exactOptional(),
  /** Says nothing while one of these rules is active. */
  inhibitedBy: z.array(RuleId).min(1).max(49).exactOptional(),
  /** Longest shelving; 8 h where left out. */
  shelveAtMost: DurationText.exactOptional(),
  actions: z.array(AuthorAction).min(1).max(8).exactOptional(),
});
export type AuthorRule = z.infer<typeof AuthorRule>;
export const AuthorRules = z.array(AuthorRule).min(1).max(50);
