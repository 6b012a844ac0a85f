import { checkDeviceForm, type DeviceForm } from '../device-form.ts';
import { randomFrom } from './random.ts';

/** A frame of a vector: engine ms, inputs in quanta (null: bad), rules acknowledged, `[rule, until]` of shelved ones. */
export type SelfTestFrame = readonly [
  t: number,
  inputs: Readonly<Record<string, number | null>>,
  acknowledged?: readonly number[],
  shelved?: readonly (readonly [rule: number, until: number])[],
];

/** Vectors chosen from a rule set, each to be decided from cold. Fails with RULES_INVALID. */
export function selfTestVectors(
  deviceForm: unknown,
  { count = 200, seed = 1 }: { count?: number; seed?: number } = {},
): SelfTestFrame[][] {
  const form = checkDeviceForm(deviceForm);
  const random = randomFrom(seed);
  const pick = <T>(many: readonly T[]): T => many[random() % many.length] as T;
  const values = valuesOf(form);
  const steps = stepsOf(form);
  return Array.from({ length: count }, () => {
    let t = random() % 1000;
    return Array.from({ length: 16 }, (): SelfTestFrame => {
      t += pick(steps);
      const inputs = form.in.filter(() => random() % 4 > 0).map(([name]) => [name, pick(values)] as const);
      return [t, Object.fromEntries(inputs)];
    });
  });
}

const whole = (x: unknown): x is number => typeof x === 'number';

/** Thresholds, what lies beside them, and a bad value. */
function valuesOf({ cond }: DeviceForm): (number | null)[] {
  const limits = cond.flatMap(([name, , ...rest]) => {
    const numbers = rest.filter(whole);
    const [limit = 0, other = 0, band = 0] = numbers;
    if (name === 'hi') return [limit, limit - other];
    if (name === 'lo') return [limit, limit + other];
    return name === 'out' ? [limit, other, limit + band, other - band] : [0];
  });
  return [null, ...limits.flatMap((limit) => [limit - 1, limit, limit + 1])];
}

function stepsOf({ rule }: DeviceForm): number[] {
  const delays = rule.flatMap(({ on, off, rep }) => [on, off, rep]);
  return [1, 100, ...delays.flatMap((delay) => [delay - 1, delay, delay + 1])].filter((step) => step > 0);
}
