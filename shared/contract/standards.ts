import { z } from 'zod';
import { DecimalText } from './devices.ts';
import { PlateText } from './provision-text.ts';

/** A day, `2026-11-22`: certificates are dated by the day. */
export const DayText = z.iso.date();

/** One line of a reference standard's certificate. Figures in the standard's unit. */
export const StandardPoint = z.strictObject({
  value: DecimalText,
  /** Add it to what the standard shows. */
  correction: DecimalText.default('0'),
  /** Expanded uncertainty of the correction, and its k. */
  expandedUncertainty: DecimalText,
  coverageFactor: DecimalText.default('2'),
});
export type StandardPoint = z.infer<typeof StandardPoint>;

/** One calibration of a standard: what its certificate says. */
export const StandardCertificate = z.strictObject({
  number: PlateText.min(1),
  laboratory: PlateText.min(1),
  /** Such as `DAkkS D-K-12345-01`; empty: the laboratory is not accredited. */
  accreditation: PlateText.default(''),
  issued: DayText,
  due: DayText,
  /** Rising by value. */
  points: z.array(StandardPoint).min(1).max(60),
});
export type StandardCertificate = z.infer<typeof StandardCertificate>;

/** A reference standard of the register (ISO/IEC 17025 6.4.13). It is known by maker, model and serial number. */
export const ReferenceStandard = z.strictObject({
  id: z.string().regex(/^s[0-9]{1,6}$/),
  maker: PlateText.min(1),
  model: PlateText.min(1),
  serial: PlateText.min(1),
  /** Where it is used: a working standard, or a reference standard that working standards are compared with. */
  use: z.enum(['working', 'reference']).default('working'),
  /** Of `shared/units`: `degC`. */
  unit: z.string().max(20),
  /** Step of its reading, in its unit. */
  resolution: DecimalText,
  /** Half-width of what it may have drifted since its certificate, in its unit. */
  drift: DecimalText.default('0'),
  /** Oldest first; the last one counts, the others are its drift history. */
  certificates: z.array(StandardCertificate).min(1).max(50),
  /** Simulated: what it measures is no measurement. */
  bench: z.boolean().default(false),
  /** Out of use since that day, and why. */
  retired: z
    .strictObject({ on: DayText, reason: PlateText.min(1) })
    .nullable()
    .default(null),
  remarks: z.string().max(400).default(''),
});
export type ReferenceStandard = z.infer<typeof ReferenceStandard>;

/** What a person enters; the register numbers it. */
export const StandardEntry = ReferenceStandard.omit({ id: true, bench: true, retired: true });
export type StandardEntry = z.infer<typeof StandardEntry>;

/** Why a standard may not be used for a plan; each blocks, unless a person says why not. */
export const StandardConcern = z.strictObject({
  code: z.enum([
    'unregistered',
    'retired',
    'overdue',
    'not-yet-valid',
    'out-of-range',
    /** TUR below what the plan asks, at the points that `detail` names. */
    'too-uncertain',
    'other-unit',
  ]),
  detail: z.string().max(300),
});
export type StandardConcern = z.infer<typeof StandardConcern>;

/** Where the reference's readings come from. */
export const ReferenceSource = z.discriminatedUnion('kind', [
  /** Instrument that speaks SCPI lines, on a serial port, TCP or the bench. */
  z.strictObject({ kind: z.literal('scpi') }),
  /** Register of a Modbus server, RTU on a serial port or TCP. */
  z.strictObject({
    kind: z.literal('modbus'),
    unitId: z.number().int().min(0).max(255),
    table: z.enum(['holding', 'input']),
    /** Zero-based, as it goes over the line. */
    address: z.number().int().min(0).max(65_535),
    type: z.enum(['int16', 'uint16', 'int32', 'uint32', 'float32']),
    /** High word first, as the specification has it, or low word first. */
    wordOrder: z.enum(['high-first', 'low-first']).default('high-first'),
    /** The reading is the register's number x 10^-decimals; of a float32 it is how many places are meant. */
    decimals: z.number().int().min(0).max(9),
    unit: z.string().max(20),
    baudRate: z.number().int().min(1200).max(1_000_000).default(9600),
    parity: z.enum(['none', 'even', 'odd']).default('even'),
  }),
  /** Another channel of the same unit, which has been calibrated. */
  z.strictObject({ kind: z.literal('channel'), channel: z.string().regex(/^[a-z][a-z0-9_]{0,15}$/) }),
  /** Read by a person and typed twice. */
  z.strictObject({ kind: z.literal('typed'), unit: z.string().max(20) }),
]);
export type ReferenceSource = z.infer<typeof ReferenceSource>;

const nothing = z.strictObject({});
const register = z.array(ReferenceStandard);
const id = ReferenceStandard.shape.id;

export const standardMethods = {
  'standards.list': { params: nothing, result: register },
  'standards.add': { params: z.strictObject({ standard: StandardEntry }), result: ReferenceStandard },
  /** What changes is entered anew; what it was stays in the record. */
  'standards.change': { params: z.strictObject({ id, standard: StandardEntry }), result: ReferenceStandard },
  /** A new certificate of a standard that is known: the older ones become its history. */
  'standards.recalibrated': {
    params: z.strictObject({
      id,
      certificate: StandardCertificate,
      drift: DecimalText.nullable().default(null),
    }),
    result: ReferenceStandard,
  },
  'standards.retire': {
    params: z.strictObject({ id, reason: PlateText.min(1) }),
    result: ReferenceStandard,
  },
  /** Another project's register, as its JSON: those that are not known here (by maker, model and serial) are added. */
  'standards.import': {
    params: z.strictObject({ json: z.string().max(900_000) }),
    result: z.strictObject({ added: z.array(id), known: z.array(id) }),
  },
} as const;

export const standardEvents = { 'standards.changed': register } as const;
