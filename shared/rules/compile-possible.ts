/**
 * What a condition can be, as far as it follows from the values alone: a rule that can never fire or never clear is a
 * mistake. `judge` says at a value whether a threshold can hold there and whether it can fail there; inside a
 * dead-band both. `free` is a condition that time decides.
 */
export type Possible =
  | { kind: 'level'; signal: number; cuts: readonly number[]; judge: (x: number) => Can; range: Range }
  | { kind: 'free' }
  | { kind: 'not'; of: Possible }
  | { kind: 'atLeast'; count: number; many: readonly Possible[] };

/** Ends of what a signal can show, quanta. */
export interface Range {
  min: number;
  max: number;
}
export interface Can {
  hold: boolean;
  fail: boolean;
}

/** More combinations of values than this are not tried: nothing is said then. */
const most = 20_000;

const levelsOf = (node: Possible): (Possible & { kind: 'level' })[] => {
  if (node.kind === 'level') return [node];
  if (node.kind === 'not') return levelsOf(node.of);
  return node.kind === 'atLeast' ? node.many.flatMap(levelsOf) : [];
};

/** Values of each signal that stand for all others: at every cut, and next to it on both sides, within its range. */
function values(node: Possible): Map<number, number[]> {
  const found = new Map<number, Set<number>>();
  for (const { signal, cuts, range } of levelsOf(node)) {
    const own = found.get(signal) ?? new Set<number>();
    for (const cut of cuts.flatMap((at) => [at - 1, at, at + 1])) {
      own.add(Math.min(Math.max(cut, range.min), range.max));
    }
    found.set(signal, own);
  }
  return new Map([...found].map(([signal, own]) => [signal, [...own]]));
}

function at(node: Possible, x: ReadonlyMap<number, number>): Can {
  if (node.kind === 'free') return { hold: true, fail: true };
  if (node.kind === 'level') return node.judge(x.get(node.signal) ?? 0);
  if (node.kind === 'not') {
    const { hold, fail } = at(node.of, x);
    return { hold: fail, fail: hold };
  }
  const many = node.many.map((each) => at(each, x));
  const surely = many.filter(({ fail }) => !fail).length;
  const perhaps = many.filter(({ hold }) => hold).length;
  return { hold: perhaps >= node.count, fail: surely < node.count };
}

/** Whether the condition can hold at all, and whether it can fail at all. Says "can" where it does not know. */
export function possible(node: Possible): Can {
  const each = [...values(node)];
  const combinations = each.reduce((count, [, list]) => count * list.length, 1);
  if (combinations > most) return { hold: true, fail: true };
  const can = { hold: false, fail: false };
  for (let n = 0; n < combinations && !(can.hold && can.fail); n += 1) {
    let rest = n;
    const x = new Map<number, number>();
    for (const [signal, list] of each) {
      x.set(signal, list[rest % list.length] ?? 0);
      rest = Math.floor(rest / list.length);
    }
    const here = at(node, x);
    can.hold ||= here.hold;
    can.fail ||= here.fail;
  }
  return can;
}
