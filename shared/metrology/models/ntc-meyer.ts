import { Failure } from '../../contract/failure.ts';
import { parseExpression } from '../expression/expression.ts';
import { fitLinearTerms } from './linear.ts';
import { fitNonlinear } from './nonlinear/nonlinear.ts';
import { expressionProblem } from './nonlinear/problem.ts';
import { exponential, logarithm } from './real/functions.ts';
import { minus, negative, over, plus, type Real, times, unit } from './real/real.ts';
import { at, type Vector } from './real/symmetric.ts';
import { BeyondRange, inverseUncertainties, type Readings } from './sensor.ts';
import type { FittedSensor, SensorFit } from './sensor-request.ts';
import { resistances, temperatures } from './temperature.ts';

const formula = parseExpression('b1*exp(b2/(x+b3))');

/** (t + b3) ln R = (t + b3) ln b1 + b2 is linear in b3, ln b1 and b2 + b3 ln b1: t ln R = -b3 ln R + ln b1 t + rest. */
function startOf(celsius: readonly Real[], ohms: readonly Real[]): Real[] {
  const logs = ohms.map(logarithm);
  const { parameters } = fitLinearTerms({
    design: logs.map((log, i) => [log, at(celsius, i), unit]),
    readings: logs.map((log, i) => times(log, at(celsius, i))),
  });
  const b3 = negative(at(parameters, 0));
  const logB1 = at(parameters, 1);
  return [exponential(logB1), minus(at(parameters, 2), times(b3, logB1)), b3];
}

function fit({ x, y, uy, weights }: Readings): SensorFit {
  const celsius = temperatures(x, 'x');
  const ohms = resistances(y, 'y');
  const problem = expressionProblem(formula, ['b1', 'b2', 'b3'], {
    variables: new Map([['x', celsius]]),
    readings: ohms,
    inverseUncertainties: inverseUncertainties(uy),
  });
  const found = fitNonlinear(problem, startOf(celsius, ohms), weights === 'absolute' ? 'stated' : 'scatter');
  // With the pole between two readings the curve is none of a thermistor.
  const signs = new Set(celsius.map((t) => plus(t, at(found.parameters, 2)).whole > 0n));
  if (signs.size > 1)
    throw new Failure('FIT_IMPOSSIBLE', { detail: 'the readings are not those of a thermistor' });
  return found;
}

function resistance(parameters: Vector, celsius: Real): Real {
  const above = plus(celsius, at(parameters, 2));
  if (above.whole <= 0n)
    throw new BeyondRange('the temperature is at or below -b3, where the equation has its pole');
  return times(at(parameters, 0), exponential(over(at(parameters, 1), above)));
}

function temperature(parameters: Vector, ohm: Real): Real {
  const [b1, b2, b3] = [at(parameters, 0), at(parameters, 1), at(parameters, 2)];
  if (ohm.whole <= 0n || b1.whole <= 0n) throw new BeyondRange('a resistance is above zero');
  const log = logarithm(over(ohm, b1));
  if (log.whole === 0n || log.whole > 0n !== b2.whole > 0n)
    throw new BeyondRange('no temperature has this resistance: it lies beyond that of endless heat, b1');
  return minus(over(b2, log), b3);
}

/** R. R. Meyer, in Nonlinear Programming, Academic Press 1970, 465; NIST StRD MGH10 is its data. */
export const ntcMeyer: FittedSensor = {
  name: 'ntc-meyer',
  equation: 'R = b1 exp(b2/(t+b3))',
  x: 'temperature in degC',
  y: 'resistance in ohm',
  parameters: [
    { name: 'b1', unit: 'ohm' },
    { name: 'b2', unit: 'K' },
    { name: 'b3', unit: 'degC' },
  ],
  source: 'Meyer 1970',
  usual: [null, null, null],
  fitting: 'least squares of R by Levenberg-Marquardt, its start found by itself',
  fit,
  forward: resistance,
  inverse: temperature,
};
