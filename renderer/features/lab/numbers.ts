import type { AuthorCondition, AuthorRule, AuthorSource } from '../../../shared/contract/author.ts';
import { conditionText } from '../../../shared/rules/text-print.ts';

/** `value`: in the unit of its channel; `rate`: that unit in a time; `factor`: a bare decimal; `whole`: a count. */
type NumberKind = 'value' | 'rate' | 'duration' | 'factor' | 'whole';

/** One number of a rule that can be turned. */
export interface RuleNumber {
  /** Where it stands in the rule: `when.above`, `when.all.0.outside.1`, `for`. */
  path: string;
  /** What it is called: `above`, `outsideLow`, `for`. */
  name: NumberName;
  kind: NumberKind;
  text: string;
  /** Whose unit and step it has. */
  sensor: string | null;
  /** It is held against one channel minus another, not against what `sensor` shows. */
  isDifference: boolean;
  per: 's' | 'min' | 'h' | null;
  /** The part of the condition in which it stands, where there are several. */
  within: string | null;
  /** Where that part stands: its text changes with its numbers, its place does not. */
  part: string;
}

const kinds = {
  above: 'value',
  below: 'value',
  outsideLow: 'value',
  outsideHigh: 'value',
  deadband: 'value',
  tolerance: 'value',
  floor: 'value',
  rising: 'rate',
  falling: 'rate',
  changing: 'rate',
  over: 'duration',
  stuck: 'duration',
  stale: 'duration',
  average: 'duration',
  lowest: 'duration',
  highest: 'duration',
  withinTime: 'duration',
  for: 'duration',
  clearAfter: 'duration',
  every: 'duration',
  shelveAtMost: 'duration',
  unusual: 'factor',
  points: 'whole',
  samples: 'whole',
  memory: 'whole',
  warmUp: 'whole',
  atLeast: 'whole',
  times: 'whole',
  smooth: 'whole',
} as const satisfies Record<string, NumberKind>;
export type NumberName = keyof typeof kinds;

const names: Readonly<Record<string, NumberName>> = { within: 'withinTime' };
const isName = (name: string): name is NumberName => Object.hasOwn(kinds, name);

/** The sensor that a source looks at in the end. */
function sensorOf(source: Partial<AuthorSource>): string | null {
  return typeof source.sensor === 'object' ? sensorOf(source.sensor) : (source.sensor ?? null);
}

const isDifference = ({ sensor, minus }: Partial<AuthorSource>): boolean =>
  minus !== undefined || (typeof sensor === 'object' && isDifference(sensor));

type Around = Pick<RuleNumber, 'sensor' | 'isDifference' | 'per' | 'within' | 'part'>;

function numberAt(path: string, key: string, value: unknown, around: Around): RuleNumber[] {
  const name = names[key] ?? key;
  const isWritten = typeof value === 'string' || typeof value === 'number';
  if (!isName(name) || !isWritten || (name === 'smooth' && typeof value !== 'number')) return [];
  return [{ path, name, kind: kinds[name], text: String(value), ...around }];
}

function numbersOfSource(source: Partial<AuthorSource>, path: string, around: Around): RuleNumber[] {
  const own = (['stale', 'smooth', 'average', 'lowest', 'highest', 'samples'] as const).flatMap((key) =>
    numberAt(`${path}.${key}`, key, source[key], around),
  );
  const inner = (['sensor', 'minus'] as const).flatMap((key) => {
    const part = source[key];
    return typeof part === 'object' ? numbersOfSource(part, `${path}.${key}`, around) : [];
  });
  return [...own, ...inner];
}

const tested = [
  ...(['above', 'below', 'rising', 'falling', 'changing', 'over', 'points', 'stuck', 'tolerance'] as const),
  ...(['unusual', 'floor', 'memory', 'warmUp', 'atLeast', 'times', 'within'] as const),
];

function numbersOfCondition(when: AuthorCondition, path: string, isPart: boolean): RuleNumber[] {
  const around: Around = {
    sensor: sensorOf(when),
    isDifference: isDifference(when),
    per: when.per ?? null,
    within: isPart ? conditionText(when) : null,
    part: isPart ? path : '',
  };
  const hasBand = when.above !== undefined || when.below !== undefined || when.outside !== undefined;
  const own = tested.flatMap((key) => numberAt(`${path}.${key}`, key, when[key], around));
  const [low, high] = when.outside ?? [];
  return [
    ...own,
    ...numberAt(`${path}.outside.0`, 'outsideLow', low, around),
    ...numberAt(`${path}.outside.1`, 'outsideHigh', high, around),
    ...(hasBand ? numberAt(`${path}.deadband`, 'deadband', when.deadband ?? '0', around) : []),
    ...numbersOfSource(when, path, around),
    ...(['all', 'any', 'among'] as const).flatMap((key) =>
      (when[key] ?? []).flatMap((part, at) => numbersOfCondition(part, `${path}.${key}.${at}`, true)),
    ),
    ...(['of', 'first', 'followedBy', 'without'] as const).flatMap((key) => {
      const part = when[key];
      return part === undefined ? [] : numbersOfCondition(part, `${path}.${key}`, true);
    }),
  ];
}

/** Every number of the rule: those of its condition first, then its delays, then the rest. */
export function numbersOf(rule: AuthorRule): RuleNumber[] {
  const around: Around = { sensor: null, isDifference: false, per: null, within: null, part: '' };
  return [
    ...numbersOfCondition(rule.when, 'when', false),
    ...numberAt('for', 'for', rule.for, around),
    ...numberAt('clearAfter', 'clearAfter', rule.clearAfter, around),
    ...numberAt('remind.every', 'every', rule.remind?.every, around),
    ...numberAt('shelveAtMost', 'shelveAtMost', rule.shelveAtMost, around),
  ];
}

function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value))
    return value.map((each, at) => (String(at) === key ? changed(each, rest, to) : each));
  const fields = typeof value === 'object' && value !== null ? value : {};
  return { ...fields, [key]: changed(Reflect.get(fields, key), rest, to) };
}

/** The rule with another text in that place; what it then says, the compiler judges. */
export function withNumber(rule: AuthorRule, { path, kind }: RuleNumber, text: string): AuthorRule {
  return changed(rule, path.split('.'), kind === 'whole' ? Number(text) : text) as AuthorRule;
}
