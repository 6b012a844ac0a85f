import { z } from 'zod';
import { DecimalText, HardwareId, Sha256 } from './devices.ts';
import { PlateText } from './provision-text.ts';
import { DayText } from './standards.ts';

/** Text of several lines, such as an address; untrusted like every text. */
export const TextBlock = z
  .string()
  .trim()
  .max(1000)
  .regex(/^(?:\n|[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}])*$/u, 'must not hold control characters');

/** An address; ISO 3166-1 country code. */
export const Party = z.strictObject({
  name: PlateText,
  address: TextBlock,
  country: z.string().regex(/^[A-Z]{2}$/),
  contact: PlateText,
});
export type Party = z.infer<typeof Party>;

/** Who calibrates: head and foot of every certificate. */
export const Laboratory = z.strictObject({
  party: Party,
  /** Such as `DAkkS D-K-12345-01`; empty: the laboratory is not accredited, and the certificate says so. */
  accreditation: PlateText.default(''),
  /** PNG or JPEG. */
  logo: z.base64().max(400_000).nullable().default(null),
  /** Own text on every certificate, such as terms; may be empty. */
  text: TextBlock.default(''),
  /** Begins the number of every certificate. */
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9-]{0,12}$/)
    .default(''),
  paper: z.enum(['A4', 'LETTER']).default('A4'),
  /** How U is rounded (JCGM 100 7.2.6). */
  rounding: z.enum(['nearest', 'up', 'gum']).default('up'),
  /** Least uncertainty that the laboratory may state (CMC), in a unit; null: no floor. */
  floor: z
    .strictObject({ unit: z.string().max(20), amount: DecimalText })
    .nullable()
    .default(null),
});
export type Laboratory = z.infer<typeof Laboratory>;

const Range = z.strictObject({ min: DecimalText, max: DecimalText }).nullable();

/** What only people know of a calibration. An empty text or null is printed as not applicable or not recorded. */
export const Circumstances = z.strictObject({
  customer: Party.nullable().default(null),
  /** Where the work was done: DCC `performanceLocation`. */
  place: z.enum(['laboratory', 'customer', 'other']).default('customer'),
  placeName: PlateText.default(''),
  received: DayText.nullable().default(null),
  /** Of the item when it came. */
  condition: TextBlock.default(''),
  /** During the run, as ranges: degC, percent relative humidity, hPa. */
  temperature: Range.default(null),
  humidity: Range.default(null),
  pressure: Range.default(null),
  /** Additions to, deviations or exclusions from the method. */
  deviations: TextBlock.default(''),
  /** Opinions and interpretations, marked as such. */
  opinion: TextBlock.default(''),
  /** Results that came from outside providers. */
  external: TextBlock.default(''),
  /** Printed only where the customer agreed (ISO/IEC 17025 7.8.4.3). */
  nextDue: z
    .strictObject({ on: DayText, method: z.string().max(80), agreed: z.boolean() })
    .nullable()
    .default(null),
  /** Who authorised the certificate; empty: the engineer of the job. */
  authorisedBy: PlateText.default(''),
  role: PlateText.default(''),
});
export type Circumstances = z.infer<typeof Circumstances>;
export const noCircumstances: Circumstances = Circumstances.parse({});

export const CertificateNumber = z.string().regex(/^[A-Za-z0-9-]{1,60}$/);

/** A certificate that was issued: its files never change. */
export const CertificateFacts = z.strictObject({
  number: CertificateNumber,
  unit: HardwareId,
  wizard: z.string(),
  channel: z.string(),
  at: z.number().int(),
  /** The certificate that this one takes the place of, and why; that one stays as it is. */
  amends: z.strictObject({ number: CertificateNumber, reason: z.string() }).nullable(),
  /** Issued later in the place of this one. */
  amendedBy: CertificateNumber.nullable(),
  verdict: z.enum(['pass', 'conditional-pass', 'conditional-fail', 'fail', 'none']),
  signed: z.boolean(),
  files: z.strictObject({
    pdf: z.strictObject({ sha256: Sha256, size: z.number().int() }),
    dcc: z.strictObject({ sha256: Sha256, size: z.number().int() }),
    json: z.strictObject({ sha256: Sha256, size: z.number().int() }),
  }),
});
export type CertificateFacts = z.infer<typeof CertificateFacts>;

export const DossierFacts = z.strictObject({
  at: z.number().int(),
  sha256: Sha256,
  size: z.number().int(),
  /** Hex of the SHA-256 over the raw Ed25519 public key that signed it. */
  signer: Sha256,
  entries: z.number().int(),
});
export type DossierFacts = z.infer<typeof DossierFacts>;

/** One calibration of a unit's channel, for its history. Errors in the channel's unit. */
export const HistoryLine = z.strictObject({
  wizard: z.string(),
  at: z.number().int(),
  channel: z.string(),
  unit: z.string().max(20),
  tolerance: DecimalText,
  adjusted: z.boolean(),
  verdict: z.enum(['pass', 'conditional-pass', 'conditional-fail', 'fail', 'none']),
  asFound: z.array(
    z.strictObject({ nominal: DecimalText, error: DecimalText, expandedUncertainty: DecimalText.nullable() }),
  ),
  asLeft: z.array(
    z.strictObject({ nominal: DecimalText, error: DecimalText, expandedUncertainty: DecimalText.nullable() }),
  ),
  certificate: CertificateNumber.nullable(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

export const IntervalMethod = z.enum(['staircase', 'a3', 's2', 'variables', 'fixed']);
export type IntervalMethod = z.infer<typeof IntervalMethod>;
