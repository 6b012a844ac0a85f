import type { DeviceForm, DeviceRule } from '../device-form.ts';
import { createEngine } from '../engine.ts';

/** A rule set that differs from another one in one number, one operator, or one option. */
export interface Variant {
  what: string;
  form: DeviceForm;
  /** Rules in which the difference may show. */
  rules: number[];
}

type Change = [what: string, change: (copy: DeviceForm) => void, place: Place];
/** Where a form was changed: what rests on it may show it. */
type Place = { in: number } | { sig: number } | { cond: number } | { rule: number };

const others = new Map([
  ['hi', 'lo'],
  ['lo', 'hi'],
  ['avg', 'min'],
  ['min', 'max'],
  ['max', 'avg'],
  ['then', 'miss'],
  ['miss', 'then'],
]);
const near = (x: number): number[] => [x - 1, x + 1];

function* ofInputs(form: DeviceForm): Generator<Change> {
  for (const [i, [name, stale]] of form.in.entries()) {
    for (const x of near(stale)) {
      yield [`${name} stale ${x}`, (copy) => void copy.in.splice(i, 1, [name, x]), { in: i }];
    }
  }
}

function* ofNodes(form: DeviceForm, table: 'sig' | 'cond'): Generator<Change> {
  for (const [i, entry] of form[table].entries()) {
    const place = table === 'sig' ? { sig: i } : { cond: i };
    const as = (key: number, value: unknown): Change => [
      `${table} ${i} ${JSON.stringify(entry)}: ${key} as ${JSON.stringify(value)}`,
      (copy) => void copy[table].splice(i, 1, entry.with(key, value)),
      place,
    ];
    const other = others.get(String(entry[0]));
    if (other) yield as(0, other);
    for (const [key, value] of entry.entries()) {
      if (typeof value === 'number') for (const x of near(value)) yield as(key, x);
      if (Array.isArray(value)) for (const at of value.keys()) yield as(key, value.toSpliced(at, 1));
    }
  }
}

function optionsOf(rule: DeviceRule): [key: keyof DeviceRule, value: unknown][] {
  const numbers = (['c', 'on', 'off', 'smax'] as const).flatMap((key) =>
    near(rule[key]).map((x): [typeof key, number] => [key, x]),
  );
  const reminders = (['rep', 'rn'] as const).flatMap((key) =>
    near(rule[key]).map((x): [typeof key, number] => [key, x]),
  );
  return [
    ...numbers,
    ...(rule.rep > 0 ? reminders : ([['rep', 1000]] as [keyof DeviceRule, unknown][])),
    ...[0, 1, 2].map((x): ['unk', number] => ['unk', x]),
    ['latch', 1 - rule.latch],
    ['edge', 1 - rule.edge],
    ...(rule.grp === undefined ? [] : near(rule.grp).map((x): ['grp', number] => ['grp', x])),
    ['grp', rule.grp === undefined ? 1 : undefined],
    ...[...rule.inh.keys()].map((at): ['inh', number[]] => ['inh', rule.inh.toSpliced(at, 1)]),
  ];
}

function* ofRules(form: DeviceForm): Generator<Change> {
  for (const [i, rule] of form.rule.entries()) {
    for (const [key, value] of optionsOf(rule)) {
      const changed = { ...rule, [key]: value };
      if (value === undefined) delete changed[key];
      const what = `rule ${i} ${key} ${JSON.stringify(value)}`;
      yield [what, (copy) => void copy.rule.splice(i, 1, changed as DeviceRule), { rule: i }];
    }
  }
}

/** Nodes and rules that rest on a place, that itself among them. */
function restingOn(form: DeviceForm, place: Place): number[] {
  if ('rule' in place) {
    const isSilenced = (rule: DeviceRule): boolean => rule.inh.includes(place.rule);
    return [...form.rule.keys()].filter((i) => i === place.rule || isSilenced(form.rule[i] as DeviceRule));
  }
  const signals = new Set('sig' in place ? [place.sig] : []);
  for (const [i, [name, a, b]] of form.sig.entries()) {
    const isInput = name === 'in' && 'in' in place && a === place.in;
    const rests = name !== 'in' && (signals.has(Number(a)) || (name === 'diff' && signals.has(Number(b))));
    if (isInput || rests) signals.add(i);
  }
  const conditions = new Set('cond' in place ? [place.cond] : []);
  const ofConditions = new Set<unknown>(['cnt', 'then', 'miss', 'not', 'nof']);
  for (const [i, [name, ...rest]] of form.cond.entries()) {
    const read = ofConditions.has(name) ? conditions : signals;
    if (name !== 'week' && rest.flat().some((x) => read.has(Number(x)))) conditions.add(i);
  }
  return [...form.rule.keys()].filter((i) => conditions.has(form.rule[i]?.c ?? -1));
}

/** All that are rule sets still. An engine that decides by one of them has one thing wrong. */
export function variantsOf(form: DeviceForm): Variant[] {
  const same = JSON.stringify(form);
  const changes = [...ofInputs(form), ...ofNodes(form, 'sig'), ...ofNodes(form, 'cond'), ...ofRules(form)];
  return changes.flatMap(([what, change, place]): Variant[] => {
    const copy = structuredClone(form);
    change(copy);
    const rules = restingOn(form, place);
    return JSON.stringify(copy) === same || !isSound(copy) ? [] : [{ what, form: copy, rules }];
  });
}

function isSound(form: DeviceForm): boolean {
  try {
    createEngine(form);
    return true;
  } catch {
    return false;
  }
}
