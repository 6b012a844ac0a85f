/** What is measured, in the field's words, and the units that it is measured in; the first is the usual one. */
export const measurands = {
  temperature: { title: 'Temperature', units: ['degC', 'K', 'degF'] },
  temperatureDifference: { title: 'Temperature difference', units: ['K'] },
  pressure: { title: 'Pressure', units: ['bar', 'mbar', 'Pa', 'kPa', 'MPa', 'psi'] },
  current: { title: 'Current', units: ['mA', 'A'] },
  voltage: { title: 'Voltage', units: ['V', 'mV'] },
  resistance: { title: 'Resistance', units: ['ohm'] },
  force: { title: 'Force', units: ['N', 'kN'] },
  mass: { title: 'Mass', units: ['kg', 'g'] },
  length: { title: 'Length', units: ['m', 'mm'] },
  frequency: { title: 'Frequency', units: ['Hz'] },
  relativeHumidity: { title: 'Relative humidity', units: ['percent'] },
  ratio: { title: 'Ratio', units: ['one', 'percent'] },
} as const satisfies Record<string, { title: string; units: readonly UnitId[] }>;
export type MeasurandId = keyof typeof measurands;

/**
 * Units by the name they have in files and on the line. `symbol` is for display (BIPM SI brochure, 9th ed.);
 * `si` is the D-SI 2.x name
 * that a digital calibration certificate wants, null where D-SI has none.
 */
export const unitTable = {
  degC: { symbol: '°C', si: '\\degreecelsius' },
  K: { symbol: 'K', si: '\\kelvin' },
  degF: { symbol: '°F', si: null },
  bar: { symbol: 'bar', si: '\\bar' },
  mbar: { symbol: 'mbar', si: '\\milli\\bar' },
  Pa: { symbol: 'Pa', si: '\\pascal' },
  kPa: { symbol: 'kPa', si: '\\kilo\\pascal' },
  MPa: { symbol: 'MPa', si: '\\mega\\pascal' },
  psi: { symbol: 'psi', si: null },
  mA: { symbol: 'mA', si: '\\milli\\ampere' },
  A: { symbol: 'A', si: '\\ampere' },
  V: { symbol: 'V', si: '\\volt' },
  mV: { symbol: 'mV', si: '\\milli\\volt' },
  ohm: { symbol: 'Ω', si: '\\ohm' },
  N: { symbol: 'N', si: '\\newton' },
  kN: { symbol: 'kN', si: '\\kilo\\newton' },
  kg: { symbol: 'kg', si: '\\kilogram' },
  g: { symbol: 'g', si: '\\gram' },
  m: { symbol: 'm', si: '\\metre' },
  mm: { symbol: 'mm', si: '\\milli\\metre' },
  Hz: { symbol: 'Hz', si: '\\hertz' },
  percent: { symbol: '%', si: '\\percent' },
  one: { symbol: '', si: '\\one' },
} as const satisfies Record<string, { symbol: string; si: string | null }>;
export type UnitId = keyof typeof unitTable;

export const isUnit = (id: string): id is UnitId => Object.hasOwn(unitTable, id);

/** `°C` for `degC`; a unit that is not in the table is shown by its own name. */
export const unitSymbol = (id: string): string => (isUnit(id) ? unitTable[id].symbol : id);
