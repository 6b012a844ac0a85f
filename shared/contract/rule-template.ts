import { z } from 'zod';
import { DecimalText } from './devices.ts';

const Name = z.string().regex(/^[a-z][A-Za-z]{0,20}$/);
const Words = z.string().min(1).max(200);

/** What a question suggests: a text, a share of the sensor's range in percent, or EEMUA's value for the measurand. */
const Usual = z.union([
  z.string().max(20),
  z.strictObject({ percentOfRange: DecimalText }),
  z.strictObject({ eemua: z.literal(true) }),
]);

const asked = { id: Name, title: Words };
/** Value, width and rate are in the unit of the sensor that the question `of` asks for. */
export const Question = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('sensor') }),
  z.strictObject({ ...asked, kind: z.enum(['value', 'width', 'rate']), of: Name, usual: Usual }),
  z.strictObject({ ...asked, kind: z.literal('duration'), of: Name.exactOptional(), usual: Usual }),
  z.strictObject({ ...asked, kind: z.enum(['whole', 'number']), usual: z.string().max(20) }),
  z.strictObject({
    ...asked,
    kind: z.literal('choice'),
    usual: Name,
    options: z
      .array(z.strictObject({ id: Name, title: Words, sets: z.record(Name, z.string().max(40)) }))
      .min(2)
      .max(6),
  }),
]);
export type Question = z.infer<typeof Question>;

/** A rule by what the engineer means: questions, and a rule of the author form with `{id}` where an answer stands. */
export const Template = z.strictObject({
  template: z.literal(1),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,25}$/),
  title: Words,
  purpose: z.string().max(400),
  /** Empty: any. */
  measurands: z.array(z.string()),
  questions: z.array(Question).min(1).max(12),
  rule: z.record(Name, z.unknown()),
});
export type Template = z.infer<typeof Template>;

const Starting = z.strictObject({ percent: DecimalText, settle: z.string() });
/** Dead-band in percent of the range, and delay, by measurand. */
export const DeadBands = z.strictObject({
  source: z.string(),
  measurands: z.record(z.string(), Starting),
  other: Starting,
});
export type DeadBands = z.infer<typeof DeadBands>;
