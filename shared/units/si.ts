import type { UnitId } from './measurands.ts';

/** si = (value + offset) x scale, exactly; `places`: the decimals that scaling adds at most. */
export interface SiForm {
  /** D-SI 2.x name. */
  unit: string;
  offset: string;
  scale: string;
}

/**
 * Units beside the SI, in the SI: what a digital calibration certificate must give first. 1 psi is
 * 4.4482216152605 N / 0.00064516 m2 (NIST SP 811 B.8), which does not end: its scale is cut at 15 digits. 5/9 of a
 * degree Fahrenheit as well.
 */
const besideSi: Partial<Record<UnitId, SiForm>> = {
  degC: { unit: '\\kelvin', offset: '273.15', scale: '1' },
  degF: { unit: '\\kelvin', offset: '459.67', scale: '0.555555555555556' },
  bar: { unit: '\\pascal', offset: '0', scale: '100000' },
  mbar: { unit: '\\pascal', offset: '0', scale: '100' },
  psi: { unit: '\\pascal', offset: '0', scale: '6894.75729316836' },
  percent: { unit: '\\one', offset: '0', scale: '0.01' },
};

/** Null where the unit is of the SI itself. */
export const siFormOf = (unit: UnitId): SiForm | null => besideSi[unit] ?? null;
