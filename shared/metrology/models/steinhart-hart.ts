import { fitLinearTerms } from './linear.ts';
import { difference } from './nonlinear/problem.ts';
import { exponential, logarithm } from './real/functions.ts';
import { fromText, fromWhole, minus, over, plus, type Real, times, unit } from './real/real.ts';
import { at, dot, type Vector } from './real/symmetric.ts';
import { BeyondRange, type Readings } from './sensor.ts';
import type { FittedSensor, SensorFit } from './sensor-request.ts';
import { solveMonotone } from './solve.ts';
import { kelvin, resistances, temperatures } from './temperature.ts';

const terms = (resistance: Real): Real[] => {
  const log = logarithm(resistance);
  return [unit, log, times(log, times(log, log))];
};
const toKelvin = fromText('273.15');

function temperature(parameters: Vector, resistance: Real): Real {
  if (resistance.whole <= 0n) throw new BeyondRange('a resistance is above zero');
  const inverse = dot(parameters, terms(resistance));
  if (inverse.whole <= 0n) throw new BeyondRange('the equation gives no temperature there');
  return minus(over(unit, inverse), toKelvin);
}

/** ln R between which an inverse is looked for: 1 mohm to 1 Tohm. */
const [least, most] = [fromWhole(-7), fromWhole(28)];

function resistance([a, b, c]: Vector, celsius: Real): Real {
  const t = kelvin(celsius);
  if (a === undefined || b === undefined || c === undefined || t.whole <= 0n)
    throw new BeyondRange('there is no such temperature');
  // A + B L + C L^3 rises all the way only where neither B nor C is negative.
  if (b.whole < 0n || c.whole < 0n)
    throw new BeyondRange('1/T does not rise with ln R everywhere: no single resistance');
  const cubic = (log: Real) => {
    const squares = times(c, times(log, log));
    return { value: plus(a, times(log, plus(b, squares))), slope: plus(b, times(squares, fromWhole(3))) };
  };
  const log = solveMonotone(cubic, over(unit, t), least, most);
  if (log === null) throw new BeyondRange('no resistance from 1 mohm to 1 Tohm has this temperature');
  return exponential(log);
}

/** Uncertainties of T become those of 1/T. */
function fit({ x, y, uy, weights }: Readings): SensorFit {
  const ohms = resistances(x, 'x');
  const celsius = temperatures(y, 'y');
  const inverse = celsius.map((value) => over(unit, kelvin(value)));
  const inverseOfU = uy?.map((text, i) => {
    const t = kelvin(at(celsius, i));
    return over(times(t, t), fromText(text));
  });
  const linear = fitLinearTerms({
    design: ohms.map(terms),
    readings: inverse,
    scaling: weights === 'absolute' ? 'stated' : 'scatter',
    inverseUncertainties: inverseOfU,
  });
  return {
    ...linear,
    explained: { readings: inverse, inverseUncertainties: inverseOfU },
    differences: ohms.map((ohm, i) => difference(at(celsius, i), temperature(linear.parameters, ohm))),
  };
}

/** J. S. Steinhart, S. R. Hart, Deep-Sea Research 15 (1968) 497. */
export const steinhartHart: FittedSensor = {
  name: 'steinhart-hart',
  equation: '1/T = A + B ln R + C (ln R)^3, T in K',
  x: 'resistance in ohm',
  y: 'temperature in degC',
  parameters: [
    { name: 'A', unit: '1/K' },
    { name: 'B', unit: '1/K' },
    { name: 'C', unit: '1/K' },
  ],
  source: 'Steinhart and Hart 1968',
  usual: [null, null, null],
  fitting:
    'least squares of 1/T (three points: exact), with uy weighted by u(1/T) = u(T)/T^2; residuals in K, residualStandardDeviation in 1/K or in u',
  fit,
  forward: temperature,
  inverse: resistance,
};
