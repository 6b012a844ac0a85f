import { Failure } from '../../contract/failure.ts';
import { fitLinearTerms, propagated } from './linear.ts';
import { squareRoot } from './real/functions.ts';
import {
  compareReal,
  doubled,
  fromText,
  fromWhole,
  minus,
  negative,
  nought,
  over,
  plus,
  type Real,
  times,
  unit,
} from './real/real.ts';
import { at, type Vector } from './real/symmetric.ts';
import { BeyondRange, inverseUncertainties, type Readings } from './sensor.ts';
import type { FittedSensor, SensorFit } from './sensor-request.ts';
import { solveMonotone } from './solve.ts';
import { resistances, temperatures } from './temperature.ts';

/** Range of IEC 60751. Published inverses come from rounded resistances, so a little is allowed below and above. */
const [lowest, highest] = [fromWhole(-200), fromWhole(850)];
const margin = fromText('0.01');
const hundred = fromWhole(100);

/** 1, t, t^2 and, below zero, (t - 100) t^3. */
function terms(t: Real): Real[] {
  const square = times(t, t);
  return [unit, t, square, t.whole < 0n ? times(minus(t, hundred), times(t, square)) : nought];
}

function ratio([, a, b, c]: Vector, t: Real): { value: Real; slope: Real } {
  const [A, B, C] = [a ?? nought, b ?? nought, t.whole < 0n ? (c ?? nought) : nought];
  const [, , square, cubed] = terms(t);
  const value = plus(unit, plus(times(A, t), plus(times(B, square ?? nought), times(C, cubed ?? nought))));
  // Slope of (t - 100) t^3: 4 t^3 - 300 t^2.
  const bend = times(C, times(square ?? nought, minus(doubled(t, 2), fromWhole(300))));
  return { value, slope: plus(A, plus(doubled(times(B, t), 1), bend)) };
}

function resistance(parameters: Vector, t: Real): Real {
  if (compareReal(t, minus(lowest, margin)) < 0 || compareReal(t, plus(highest, margin)) > 0)
    throw new BeyondRange('the equation holds from -200 to 850 degC');
  needsC(parameters, t);
  return times(at(parameters, 0), ratio(parameters, t).value);
}

function needsC(parameters: Vector, t: Real): void {
  if (t.whole < 0n && parameters[3] === undefined)
    throw new BeyondRange('below 0 degC the equation needs C, which takes readings below 0 degC');
}

/** Closed form from 0 degC up, Newton's steps below. */
function temperature(parameters: Vector, ohm: Real): Real {
  const r0 = at(parameters, 0);
  const [a, b] = [at(parameters, 1), at(parameters, 2)];
  if (r0.whole <= 0n || a.whole <= 0n) throw new BeyondRange('R0 and A must be above zero');
  const target = over(ohm, r0);
  if (compareReal(target, unit) >= 0) {
    const root = minus(times(a, a), doubled(times(b, minus(unit, target)), 2));
    if (root.whole < 0n) throw new BeyondRange('no temperature has this resistance');
    // Written so that nothing cancels, and B may be zero: t = 2 (W - 1) / (A + sqrt(A^2 - 4 B (1 - W))).
    const t = over(doubled(minus(target, unit), 1), plus(a, squareRoot(root)));
    if (compareReal(t, plus(highest, margin)) > 0)
      throw new BeyondRange('the resistance is that of more than 850 degC');
    return t;
  }
  needsC(parameters, negative(unit));
  const low = minus(lowest, margin);
  if (ratio(parameters, low).slope.whole <= 0n)
    throw new BeyondRange('with these coefficients the resistance does not rise from -200 degC on');
  const t = solveMonotone((value) => ratio(parameters, value), target, low, nought);
  if (t === null) throw new BeyondRange('the resistance is that of less than -200 degC');
  return t;
}

/** R = R0 + R0 A t + R0 B t^2 + R0 C (t - 100) t^3 is linear in its products. */
function fit({ x, y, uy, weights }: Readings): SensorFit {
  const celsius = temperatures(x, 'x');
  const below = celsius.some(({ whole }) => whole < 0n);
  const linear = fitLinearTerms({
    design: celsius.map((t) => terms(t).slice(0, below ? 4 : 3)),
    readings: resistances(y, 'y'),
    inverseUncertainties: inverseUncertainties(uy),
    scaling: weights === 'absolute' ? 'stated' : 'scatter',
  });
  if (at(linear.parameters, 0).whole <= 0n)
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'the readings give no resistance above zero at 0 degC' });
  const quotients = ([first, ...rest]: Vector): Real[] => {
    const r0 = first ?? unit;
    return [r0, ...rest.map((value) => over(value, r0))];
  };
  return {
    ...linear,
    parameters: quotients(linear.parameters),
    covariance: linear.covariance && propagated(quotients, linear.parameters, linear.covariance),
  };
}

export const callendarVanDusen: FittedSensor = {
  name: 'callendar-van-dusen',
  equation: 'R = R0 (1 + A t + B t^2 + C (t-100) t^3), C only below 0 degC',
  x: 'temperature in degC',
  y: 'resistance in ohm',
  parameters: [
    { name: 'R0', unit: 'ohm' },
    { name: 'A', unit: '1/degC' },
    { name: 'B', unit: '1/degC^2' },
    { name: 'C', unit: '1/degC^4' },
  ],
  source: 'IEC 60751; its coefficients and R0 = 100 where none are given',
  usual: ['100', '3.9083E-3', '-5.775E-7', '-4.183E-12'],
  fitting: 'least squares of R; C is fitted where there are readings below 0 degC',
  fit,
  forward: resistance,
  inverse: temperature,
};
