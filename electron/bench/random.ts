/**
 * Seeded noise as a pure function of (seed, index): the same index always gives the same value,
 * in whichever thread it is asked for and however often.
 */

/** Uniform in [0, 1). Integer mixing of "lowbias32" (C. Wellons, hash-prospector). */
export function uniformAt(seed: number, index: number): number {
  let x = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(index | 0, 0x85ebca6b)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
}

/** Standard normal (mean 0, standard deviation 1) by the Box-Muller transform. */
export function normalAt(seed: number, index: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformAt(seed, 2 * index)));
  return radius * Math.cos(2 * Math.PI * uniformAt(seed, 2 * index + 1));
}

/** Smooth noise in [-1, 1]: one random knot at each whole number, a cosine ease between them. */
export function smoothNoiseAt(seed: number, time: number): number {
  const knot = Math.floor(time);
  const ease = (1 - Math.cos(Math.PI * (time - knot))) / 2;
  const from = 2 * uniformAt(seed, knot) - 1;
  const to = 2 * uniformAt(seed, knot + 1) - 1;
  return from + (to - from) * ease;
}

/** A seed of its own for each part of the bench, so that their noises do not repeat one another. */
export const seedFor = (seed: number, part: number): number => Math.floor(uniformAt(seed, part) * 2 ** 31);
