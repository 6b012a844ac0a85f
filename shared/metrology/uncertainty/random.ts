import type { Draw } from './distributions.ts';

/**
 * xoshiro128** (D. Blackman, S. Vigna, 2018), seeded by SplitMix32: the same seed gives the same draws on every
 * machine. Uniform numbers have 53 bits and are never 0 or 1; normal ones by Marsaglia's polar method.
 */
export function randomDraws(seed: number): Draw & { gamma(shape: number): number } {
  const next = generator(seed);
  const uniform = (): number => ((next() >>> 5) * 67_108_864 + (next() >>> 6) + 0.5) / 9_007_199_254_740_992;
  let spare: number | null = null;
  const normal = (): number => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
      const radius = x * x + y * y;
      if (radius >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(radius)) / radius);
      spare = y * factor;
      return x * factor;
    }
  };
  return { uniform, normal, gamma: (shape) => gammaDraw(shape, { uniform, normal }) };
}

function generator(seed: number): () => number {
  let mix = seed >>> 0;
  const seeded = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let [a, b, c, d] = [seeded(), seeded(), seeded(), seeded()];
  const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result >>> 0;
  };
}

/** G. Marsaglia and W. W. Tsang, 2000; shapes below 1 by the power of a uniform draw. */
function gammaDraw(shape: number, draw: Draw): number {
  if (shape < 1) return gammaDraw(shape + 1, draw) * draw.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draw.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(draw.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
