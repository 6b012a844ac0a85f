import { compareDecimal } from '../../units/units.ts';
import { decimal } from '../request.ts';

/** Other words for the same model. */
const otherNames: Readonly<Record<string, string>> = {
  'one-point': 'offset',
  '1-point': 'offset',
  '2-point': 'two-point',
  twopoint: 'two-point',
  'through-zero': 'proportional',
  'line-through-zero': 'proportional',
  'gain-offset': 'line',
  'gain+offset': 'line',
  'gain-and-offset': 'line',
  'straight-line': 'line',
  york: 'line',
  deming: 'line',
  poly: 'polynomial',
  quadratic: 'polynomial',
  cubic: 'polynomial',
  'multiple-linear': 'linear',
  'linear-regression': 'linear',
  piecewise: 'piecewise-linear',
  nonlinear: 'expression',
  'non-linear': 'expression',
  steinhart: 'steinhart-hart',
  ntc: 'ntc-meyer',
  meyer: 'ntc-meyer',
  pt100: 'callendar-van-dusen',
  cvd: 'callendar-van-dusen',
  '4-20-ma': '4-20ma',
  '4-20': '4-20ma',
  loadcell: 'load-cell',
  bridge: 'load-cell',
  'load-cell-bridge': 'load-cell',
  accelerometer: 'accelerometer-six-position',
  'six-position': 'accelerometer-six-position',
  magnetometer: 'magnetometer-ellipsoid',
  ellipsoid: 'magnetometer-ellipsoid',
  'b-least': 'iso6143',
  'iso-6143': 'iso6143',
};

/** Polynomials whose degree is in their name. */
const degreeOf: Readonly<Record<string, number>> = { quadratic: 2, cubic: 3 };

type Members = Readonly<Record<string, unknown>>;

/** Of sensors a value is evaluated and inverted; a fitted curve predicts and has its inverse. Both words are read. */
const sensors: readonly string[] = [
  'steinhart-hart',
  'ntc-meyer',
  'callendar-van-dusen',
  'thermocouple',
  '4-20ma',
  'load-cell',
];
const sensorWords: Readonly<Record<string, string>> = { predict: 'evaluate', inverse: 'invert' };
const curveWords: Readonly<Record<string, string>> = { evaluate: 'predict', invert: 'inverse' };
const curves: readonly string[] = ['two-point', 'line', 'offset', 'proportional', 'polynomial', 'linear'];

function reworded(name: string, members: Members): Members {
  const isSensor = sensors.includes(name);
  if (!isSensor && !curves.includes(name)) return members;
  const words = isSensor ? sensorWords : curveWords;
  return Object.fromEntries(
    Object.entries(members).map(([member, value]) => {
      const other = Object.hasOwn(words, member) ? words[member] : undefined;
      return [other === undefined || Object.hasOwn(members, other) ? member : other, value];
    }),
  );
}

/** The model of the table that is meant, and the members as it takes them. */
export function meant(model: string, members: Members): { name: string; request: Members } {
  const { name, request } = found(model, members);
  return { name, request: reworded(name, request) };
}

function found(model: string, members: Members): { name: string; request: Members } {
  const written = model
    .trim()
    .toLowerCase()
    .replace(/[\s_\u2010-\u2015]+/g, '-');
  const name = Object.hasOwn(otherNames, written) ? (otherNames[written] ?? written) : written;
  const [, type] = /^thermocouple-(?:type-)?([bejknrst])$/.exec(written) ?? [];
  if (type !== undefined) return { name: 'thermocouple', request: { type, ...members } };
  const degree = Object.hasOwn(degreeOf, written) ? degreeOf[written] : undefined;
  const request = degree === undefined ? members : { degree, ...members };
  if (name !== 'polynomial' || request.ux === undefined) return { name, request };
  // A polynomial of degree 1 is the line, which alone takes uncertainty in x; where there is none it says nothing.
  if (String(request.degree) === '1') return { name: 'line', request };
  const { ux, ...others } = request;
  return isNothing(ux) ? { name, request: others } : { name, request };
}

const isNothing = (ux: unknown): boolean =>
  Array.isArray(ux) &&
  ux.length > 0 &&
  ux.every((u) => {
    const read = decimal.safeParse(u);
    return read.success && compareDecimal(read.data, '0') === 0;
  });
