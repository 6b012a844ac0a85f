import { z } from 'zod';
import { unitSymbol } from '../../shared/units/units.ts';
import type { Words } from './words.ts';

/** What is shown of a `certificate.json`; other versions of Plumbline may know more or less of it. */
const Certificate = z.looseObject({
  number: z.string(),
  issuedAt: z.string(),
  bench: z.boolean(),
  amends: z.looseObject({ number: z.string(), reason: z.string() }).nullable(),
  laboratory: z.looseObject({ party: z.looseObject({ name: z.string() }), accreditation: z.string() }),
  customer: z.looseObject({ name: z.string() }).nullable(),
  item: z.looseObject({
    description: z.string(),
    serial: z.string(),
    tag: z.string(),
    channel: z.looseObject({ id: z.string(), unit: z.string() }),
  }),
  decision: z.looseObject({ tolerance: z.string(), verdict: z.string() }),
});

export interface CertificateText {
  number: string;
  /** The certificate whose place it took. */
  amends: string | null;
  simulated: boolean;
  lines: [label: string, value: string][];
}

/** The facts of a certificate as text; null where its form is not known here. */
export function certificateText(bytes: Uint8Array, words: Words): CertificateText | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // A part is what was signed, and that may be anything.
    return null;
  }
  const parsed = Certificate.safeParse(value);
  if (!parsed.success) return null;
  const { number, issuedAt, amends, laboratory, customer, item, decision, bench } = parsed.data;
  const { channel } = item;
  const unit = unitSymbol(channel.unit);
  const lines: [string, string][] = [
    [words.issued, issuedAt],
    [words.laboratory, laboratory.party.name],
    [words.accreditation, laboratory.accreditation],
    [words.customer, customer?.name ?? ''],
    [words.item, [item.tag, item.description, item.serial].filter((text) => text !== '').join(' · ')],
    [words.channel, `${channel.id} (${unit})`],
    [words.tolerance, `± ${decision.tolerance} ${unit}`],
    [words.verdict, decision.verdict],
    [words.amends, amends === null ? '' : `${amends.number}: ${amends.reason}`],
  ];
  return {
    number,
    amends: amends?.number ?? null,
    simulated: bench,
    lines: lines.filter(([, text]) => text !== ''),
  };
}
