/** Nodes above zero and weights of the 15-point Kronrod rule and of the 7-point Gauss rule in it (QUADPACK, QK15). */
const nodes = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911,
  0.4058451513773972, 0.20778495500789848, 0,
];
const kronrod = [
  0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679,
  0.19035057806478542, 0.20443294007529889, 0.20948214108472782,
];
const gauss = [0, 0.1294849661688697, 0, 0.27970539148927664, 0, 0.3818300505051189, 0, 0.4179591836734694];

/** At which Gauss and Kronrod are as near as rounding lets them be; Kronrod's own error is far smaller. */
const pieceTolerance = 1e-13;
/** Where halving does not help any more. */
const deepest = 40;

/** The integral of a smooth f over a..b, by halving until Gauss and Kronrod agree within `tolerance`. */
function integrate(f: (x: number) => number, a: number, b: number, tolerance: number, depth = 0): number {
  const [middle, half] = [(a + b) / 2, (b - a) / 2];
  let [fine, coarse] = [0, 0];
  nodes.forEach((node, i) => {
    const value = node === 0 ? f(middle) : f(middle - half * node) + f(middle + half * node);
    fine += (kronrod[i] ?? 0) * value;
    coarse += (gauss[i] ?? 0) * value;
  });
  const apart = Math.abs(fine - coarse);
  // Of f >= 0 a piece this good is good enough, however little it adds to the whole.
  if (apart * half <= tolerance || apart <= pieceTolerance * Math.abs(fine) || depth >= deepest)
    return fine * half;
  return integrate(f, a, middle, tolerance, depth + 1) + integrate(f, middle, b, tolerance, depth + 1);
}

/** Of the whole, at which a piece is not halved any more. */
const relativeTolerance = 1e-12;

/**
 * The integral over a..b, cut at the given places that lie between, where f is sharp; to about 1e-12 of itself for
 * f >= 0, so that what is tiny keeps its digits.
 */
export function integratePieces(
  f: (x: number) => number,
  [a, b]: readonly [number, number],
  cuts: readonly number[],
): number {
  const places = [a, ...cuts.filter((cut) => cut > a && cut < b).sort((x, y) => x - y), b];
  const within = (tolerance: number): number =>
    places.slice(1).reduce((total, end, i) => total + integrate(f, places[i] ?? a, end, tolerance), 0);
  return within(relativeTolerance * Math.abs(within(Number.POSITIVE_INFINITY)));
}
