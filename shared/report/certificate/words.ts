import type { CalibrationPlan } from '../../contract/calibration-plan.ts';
import type { Party } from '../../contract/certificate.ts';
import type { ReferenceSource, ReferenceStandard } from '../../contract/standards.ts';
import { unitSymbol } from '../../units/units.ts';

/** ISO 3166-1 leaves ZZ to its users; CLDR means "unknown" with it. */
export const unknownCountry = 'ZZ';

/** Name, address, country and contact, a line each; what is not known is left out. */
export const partyLines = ({ name, address, country, contact }: Party): string[] =>
  [name, ...address.split('\n'), country === unknownCountry ? '' : country, contact].filter(
    (line) => line !== '',
  );

const inUnit = (value: string, unit: string): string =>
  unitSymbol(unit) === '' ? value : `${value}\u00a0${unitSymbol(unit)}`;

const readOver = {
  scpi: 'read by the program from the instrument itself (SCPI)',
  modbus: 'read by the program from the instrument itself (Modbus)',
  channel: 'read by the program from another channel of the same unit',
  typed: 'read by a person and typed twice',
} as const satisfies Record<ReferenceSource['kind'], string>;

/** How the points were measured, from the plan that was agreed. */
export function methodWords(plan: CalibrationPlan, unit: string, source: ReferenceSource): string {
  const { readings, intervalMs, maxDrift, maxSpread, nearNominal } = plan.stability;
  const up =
    plan.sequence === 'up-down'
      ? 'in the order listed and back again, the last point once'
      : 'in the order listed';
  const times = plan.cycles === 1 ? '' : `, ${plan.cycles} times over`;
  return `Comparison with the reference standard at ${plan.points.length} points, ${up}${times}. The standard was ${readOver[source.kind]}. A point is taken when ${readings} readings, ${intervalMs} ms apart, of unit and standard alike drift by no more than ${inUnit(maxDrift, unit)}, spread (standard deviation) by no more than ${inUnit(maxSpread, unit)}, and the standard is within ${inUnit(nearNominal, unit)} of the nominal value.`;
}

/** How the result comes to be metrologically traceable: through the certificate in force. */
export function traceabilityWords({ maker, model, serial, certificates, bench }: ReferenceStandard): string {
  const certificate = certificates.at(-1);
  if (certificate === undefined) return 'No traceability is stated.';
  const by = `${certificate.laboratory}${certificate.accreditation === '' ? '' : ` (${certificate.accreditation})`}`;
  const named = `${maker} ${model}, serial number ${serial}`;
  if (bench) return `None: ${named} is simulated, and so is its certificate ${certificate.number} by ${by}.`;
  return `The results are traceable through the reference standard ${named}, by its certificate ${certificate.number} of ${certificate.issued}, issued by ${by}, with the corrections and uncertainties stated there.`;
}
