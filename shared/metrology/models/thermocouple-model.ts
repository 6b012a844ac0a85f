import { z } from 'zod';
import { type RequestModel, requestModel } from '../fit/registry.ts';
import { decimal, RequestError } from '../request.ts';
import { inRange } from './answer.ts';
import { evaluatedAnswer } from './evaluated.ts';
import { fromText, type Real, realText } from './real/real.ts';
import { commonMembers, named, usualDigits } from './sensor.ts';
import { thermocoupleTemperature, thermocoupleTypes, thermocoupleVoltage } from './thermocouple.ts';

const schema = z.strictObject({
  model: z.string(),
  type: z.preprocess(
    (type) => (typeof type === 'string' ? type.trim().toUpperCase() : type),
    z.enum(thermocoupleTypes, `must be one of ${thermocoupleTypes.join(', ')}`),
  ),
  junction: decimal.optional(),
  ...commonMembers,
});

export const thermocoupleModel: RequestModel = requestModel({
  name: 'thermocouple',
  summary: 'E(t) - E(junction) of types B E J K N R S T in mV (ITS-90, NIST Monograph 175)',
  members: [
    'type: "K"; junction: temperature of the reference junction in degC (0)',
    'evaluate: temperatures in degC -> mV; invert: voltages in mV -> degC; digits: 1 to 40 (15)',
  ],
  schema,
  answer: ({ type, junction, evaluate, invert, digits = usualDigits }) => {
    if (evaluate === undefined && invert === undefined)
      throw new RequestError('evaluate', 'is missing: temperatures to evaluate, or voltages to "invert"');
    const cold = fromText(junction ?? '0');
    named('junction', () => thermocoupleVoltage(type, cold, cold));
    const each = (texts: readonly string[], path: string, compute: (value: Real) => Real) =>
      texts.map((text, i) =>
        inRange(() =>
          realText(
            named(`${path}.${i}`, () => compute(fromText(text))),
            digits,
          ),
        ),
      );
    return evaluatedAnswer('thermocouple', {
      type,
      junction: junction ?? '0',
      ...(evaluate && {
        evaluations: each(evaluate, 'evaluate', (t) => thermocoupleVoltage(type, t, cold)).map(
          (value, i) => ({
            x: evaluate[i],
            value,
          }),
        ),
      }),
      ...(invert && {
        inverse: each(invert, 'invert', (mV) => thermocoupleTemperature(type, mV, cold)).map((value, i) => ({
          y: invert[i],
          value,
        })),
      }),
    });
  },
});
