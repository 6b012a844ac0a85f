import { z } from 'zod';
import { DecimalText } from './devices.ts';

/** A duration as people write it: `500ms`, `5s`, `2min`, `1h`. */
export const DurationText = z
  .string()
  .regex(/^\d{1,10}(ms|s|min|h)$/, 'must be a duration, such as "500ms", "5s", "2min", "1h"');
export const SensorName = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,15}$/,
    'must be lower-case letters, digits and _, starting with a letter, at most 16',
  );

export const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type DayName = (typeof dayNames)[number];

/** What is looked at: a sensor or the difference of two, as it is or smoothed (at most one way at a time). */
export interface AuthorSource {
  sensor: string | AuthorSource;
  /** Taken off `sensor`. */
  minus?: string | AuthorSource;
  /** When `sensor` counts as silent, where not after the profile's time. */
  stale?: string;
  /** Running mean (EWMA) over about 16, 32 or 64 samples, or 2 to this power. */
  smooth?: 'light' | 'medium' | 'heavy' | number;
  /** Over a time of at most `samples` samples. */
  average?: string;
  lowest?: string;
  highest?: string;
  samples?: number;
}

/** One test and what belongs to it; `not` turns it round. */
export interface AuthorCondition extends Partial<AuthorSource> {
  not?: boolean;
  above?: string;
  below?: string;
  outside?: [low: string, high: string];
  deadband?: string;
  /** Change at least this much a second, minute or hour, seen over a time. */
  rising?: string;
  falling?: string;
  changing?: string;
  per?: 's' | 'min' | 'h';
  over?: string;
  points?: number;
  /** Did not move by more than `tolerance` for so long. */
  stuck?: string;
  tolerance?: string;
  /** No good value, or none in time. */
  silent?: true;
  /** So many times the usual deviation away from the usual value. */
  unusual?: string;
  floor?: string;
  memory?: number;
  warmUp?: number;
  learn?: 'normal' | 'always';
  all?: AuthorCondition[];
  any?: AuthorCondition[];
  atLeast?: number;
  among?: AuthorCondition[];
  /** Began to hold so many times `within` a time. */
  times?: number;
  of?: AuthorCondition;
  first?: AuthorCondition;
  followedBy?: AuthorCondition;
  without?: AuthorCondition;
  within?: string;
  during?: { days: DayName[]; from: string; to: string };
}

/** A plain threshold on one sensor. */
export interface LevelCondition extends AuthorCondition {
  sensor: string;
}
const plain: readonly string[] = ['sensor', 'above', 'below', 'deadband', 'not'];

export const isLevel = (when: AuthorCondition): when is LevelCondition =>
  typeof when.sensor === 'string' &&
  Object.keys(when).every((key) => plain.includes(key)) &&
  (when.above === undefined) !== (when.below === undefined);

const sourceFields = ['sensor', 'minus', 'stale', 'smooth', 'average', 'lowest', 'highest', 'samples'];
const level = { takes: [...sourceFields, 'deadband'], needs: ['sensor'] };
const rate = { takes: [...sourceFields, 'per', 'over', 'points'], needs: ['sensor', 'per', 'over'] };
const nothing = { takes: [], needs: [] };
/** The tests: which fields each may have beside it, and which it must have. */
const tests: Readonly<Record<string, { takes: readonly string[]; needs: readonly string[] }>> = {
  above: level,
  below: level,
  outside: level,
  rising: rate,
  falling: rate,
  changing: rate,
  stuck: { takes: [...sourceFields, 'tolerance'], needs: ['sensor'] },
  silent: { takes: sourceFields, needs: ['sensor'] },
  unusual: { takes: [...sourceFields, 'floor', 'memory', 'warmUp', 'learn'], needs: ['sensor'] },
  all: nothing,
  any: nothing,
  atLeast: { takes: ['among'], needs: ['among'] },
  times: { takes: ['of', 'within'], needs: ['of', 'within'] },
  first: { takes: ['followedBy', 'without', 'within'], needs: ['within'] },
  during: nothing,
};

/** Every field that some test takes, its own name too. */
export const conditionFields: readonly string[] = [
  ...new Set(Object.entries(tests).flatMap(([name, { takes }]) => [name, ...takes])),
];

export const oneTest = `needs exactly one test, such as "above" or "below"; there are: ${Object.keys(tests).join(', ')}`;

type Complaint = [path: string[], message: string];

function sourceComplaints(source: Partial<AuthorSource>): Complaint[] {
  const found: Complaint[] = [];
  const ways = (['smooth', 'average', 'lowest', 'highest'] as const).filter(
    (key) => source[key] !== undefined,
  );
  const [, second] = ways;
  if (second !== undefined) found.push([[second], `must not stand beside "${ways[0]}"`]);
  if (source.samples !== undefined && (ways.length === 0 || ways[0] === 'smooth')) {
    found.push([['samples'], 'must stand beside "average", "lowest" or "highest"']);
  }
  if (source.stale !== undefined && typeof source.sensor === 'object') {
    found.push([['stale'], 'must stand beside the name of a sensor']);
  }
  return found;
}

function complaints(condition: AuthorCondition): Complaint[] {
  const given = Object.keys(condition).filter((key) => key !== 'not');
  const [test, ...more] = given.filter((key) => Object.hasOwn(tests, key));
  const shape = tests[test ?? ''];
  if (test === undefined || shape === undefined || more.length > 0) return [[[], oneTest]];
  const stray = given.filter((key) => key !== test && !shape.takes.includes(key));
  const lacking = shape.needs.filter((key) => !given.includes(key));
  const both = test === 'first' && (condition.followedBy === undefined) === (condition.without === undefined);
  return [
    ...stray.map((key): Complaint => [[key], `must not stand beside "${test}"`]),
    ...lacking.map((key): Complaint => [[key], `must stand beside "${test}"`]),
    ...(both
      ? [[[], 'needs exactly one of "followedBy" and "without" beside "first"'] satisfies Complaint]
      : []),
    ...sourceComplaints(condition),
  ];
}

/** How deep conditions and sources may stand in each other: what a person can still read, and no stack overflows. */
const deepest = 8;
const tooDeep = z.never();

const sourceFieldsAt = (depth: number) => {
  return {
    minus: sensorAt(depth).exactOptional(),
    stale: DurationText.exactOptional(),
    smooth: z.union([z.enum(['light', 'medium', 'heavy']), z.number().int().min(0).max(30)]).exactOptional(),
    average: DurationText.exactOptional(),
    lowest: DurationText.exactOptional(),
    highest: DurationText.exactOptional(),
    samples: z.number().int().min(1).max(256).exactOptional(),
  };
};

/** A name is judged by its own form, so that what is wrong with it is said of it. */
const sensorAt = (depth: number): z.ZodType<string | AuthorSource> =>
  depth === 0 ? SensorName : z.union([SensorName, sourceAt(depth - 1)]);

function sourceAt(depth: number): z.ZodType<AuthorSource> {
  return z
    .strictObject({ sensor: sensorAt(depth), ...sourceFieldsAt(depth) })
    .superRefine((source, context) => {
      for (const [path, message] of sourceComplaints(source))
        context.addIssue({ code: 'custom', path, message });
    });
}

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day, such as "08:30"');
export const AuthorDays = z.strictObject({
  days: z
    .array(z.enum(dayNames))
    .min(1)
    .refine((days) => new Set(days).size === days.length, 'must not have a day twice'),
  from: Clock,
  to: Clock,
});

function conditionAt(depth: number): z.ZodType<AuthorCondition> {
  const inner: z.ZodType<AuthorCondition> = depth === 0 ? tooDeep : conditionAt(depth - 1);
  const many = z.array(inner).min(1).max(32).exactOptional();
  return z
    .strictObject({
      not: z.boolean().exactOptional(),
      sensor: sensorAt(3).exactOptional(),
      ...sourceFieldsAt(3),
      above: DecimalText.exactOptional(),
      below: DecimalText.exactOptional(),
      outside: z.tuple([DecimalText, DecimalText]).exactOptional(),
      deadband: DecimalText.exactOptional(),
      rising: DecimalText.exactOptional(),
      falling: DecimalText.exactOptional(),
      changing: DecimalText.exactOptional(),
      per: z.enum(['s', 'min', 'h']).exactOptional(),
      over: DurationText.exactOptional(),
      points: z.number().int().min(2).max(256).exactOptional(),
      stuck: DurationText.exactOptional(),
      tolerance: DecimalText.exactOptional(),
      silent: z.literal(true).exactOptional(),
      unusual: DecimalText.exactOptional(),
      floor: DecimalText.exactOptional(),
      memory: z.number().int().min(0).max(30).exactOptional(),
      warmUp: z.number().int().min(0).max(100_000).exactOptional(),
      learn: z.enum(['normal', 'always']).exactOptional(),
      all: many,
      any: many,
      atLeast: z.number().int().min(1).max(32).exactOptional(),
      among: many,
      times: z.number().int().min(1).max(256).exactOptional(),
      of: inner.exactOptional(),
      first: inner.exactOptional(),
      followedBy: inner.exactOptional(),
      without: inner.exactOptional(),
      within: DurationText.exactOptional(),
      during: AuthorDays.exactOptional(),
    })
    .superRefine((condition, context) => {
      for (const [path, message] of complaints(condition))
        context.addIssue({ code: 'custom', path, message });
    });
}

export const conditionSchema = conditionAt(deepest);
export const AuthorCondition = conditionSchema;
