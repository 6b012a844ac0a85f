/**
 * The place of the highest value of f near `start`: Nelder and Mead's simplex, restarted until that gains nothing.
 * Deterministic. f may return -Infinity.
 */
export function maximise(f: (at: readonly number[]) => number, start: readonly number[]): Place {
  let best = climb(f, start, 1);
  for (let round = 0; round < 8; round += 1) {
    const next = climb(f, best.at, 0.1);
    const gain = next.value - best.value;
    if (gain > 0) best = next;
    if (!(gain > 1e-13)) return best;
  }
  return best;
}

export interface Place {
  at: readonly number[];
  value: number;
}

const mostSteps = 2000;

function climb(f: (at: readonly number[]) => number, start: readonly number[], size: number): Place {
  const place = (at: readonly number[]): Place => {
    const value = f(at);
    return { at, value: Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value };
  };
  let simplex = [
    place(start),
    ...start.map((_, k) => place(start.map((x, i) => (i === k ? x + size : x)))),
  ].sort(byValue);
  for (let step = 0; step < mostSteps && !isSettled(simplex); step += 1) {
    const [best, worst] = [simplex[0], simplex.at(-1)];
    const second = simplex.at(-2);
    if (!best || !worst || !second) break;
    const others = simplex.slice(0, -1);
    const centre = start.map((_, k) => others.reduce((sum, { at }) => sum + (at[k] ?? 0), 0) / others.length);
    const along = (t: number): Place => place(centre.map((c, k) => c + t * (c - (worst.at[k] ?? 0))));
    const mirrored = along(1);
    let moved = mirrored;
    if (mirrored.value > best.value) moved = higher(along(2), mirrored);
    else if (mirrored.value <= second.value) moved = along(mirrored.value > worst.value ? 0.5 : -0.5);
    simplex =
      moved.value > worst.value
        ? [...others, moved].sort(byValue)
        : [
            best,
            ...simplex.slice(1).map(({ at }) => place(at.map((x, k) => (x + (best.at[k] ?? 0)) / 2))),
          ].sort(byValue);
  }
  return simplex[0] ?? place(start);
}

const byValue = (a: Place, b: Place): number => b.value - a.value || 0;
const higher = (a: Place, b: Place): Place => (a.value > b.value ? a : b);

function isSettled(simplex: readonly Place[]): boolean {
  const [best, worst] = [simplex[0], simplex.at(-1)];
  if (!best || !worst) return true;
  const reach = Math.max(...simplex.flatMap(({ at }) => at.map((x, k) => Math.abs(x - (best.at[k] ?? 0)))));
  return best.value - worst.value < 1e-15 * (1 + Math.abs(best.value)) && reach < 1e-9;
}
