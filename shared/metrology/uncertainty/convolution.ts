import { normal } from '../statistics/normal.ts';

/** A sum of independent errors about zero: up to two rectangular half-widths and a normal standard deviation. */
export interface Convolution {
  readonly halfWidths: readonly [number] | readonly [number, number];
  readonly sigma: number;
}

/** The half-width of the interval about zero that holds the share p: exact shape, found by bisection. */
export function halfWidthFor(p: number, shape: Convolution): number {
  const target = (1 - p) / 2;
  const reach = shape.halfWidths.reduce((sum, a) => sum + a, 0) + 40 * shape.sigma;
  let [low, high] = [0, reach];
  for (let step = 0; step < 200 && high - low > 1e-15 * reach; step += 1) {
    const middle = (low + high) / 2;
    if (tailBeyond(middle, shape) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The probability above h. A normal tail averaged over a rectangle is the difference of its integral at both ends
 * over the width; averaged over a second one, that of its second integral.
 */
export function tailBeyond(h: number, { halfWidths, sigma }: Convolution): number {
  const [a, b] = halfWidths;
  // A step without any smoothing is the limit of a very small one.
  const soft = Math.max(sigma, 1e-9 * a);
  if (b === undefined) return (firstIntegral(h - a, soft) - firstIntegral(h + a, soft)) / (2 * a);
  const corners =
    secondIntegral(h - a - b, soft) -
    secondIntegral(h - a + b, soft) -
    secondIntegral(h + a - b, soft) +
    secondIntegral(h + a + b, soft);
  return corners / (4 * a * b);
}

/** The integral of the normal upper tail from d on. */
function firstIntegral(d: number, sigma: number): number {
  const z = d / sigma;
  return sigma * normal.density(z) - d * normal.upperTail(z);
}

/** The integral of `firstIntegral` from d on. */
function secondIntegral(d: number, sigma: number): number {
  const z = d / sigma;
  return ((sigma * sigma + d * d) * normal.upperTail(z) - sigma * d * normal.density(z)) / 2;
}
