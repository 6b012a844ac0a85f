import { type AuthorAction, type AuthorCondition, type AuthorSource, dayNames } from '../contract/author.ts';
import { Failure } from '../contract/failure.ts';
import type { AuthorRule } from '../contract/validate.ts';
import { formatDecimal, fromQuanta } from '../units/units.ts';
import type { CompileChannel } from './compile-channel.ts';
import type { DeviceForm, DeviceRule } from './device-form.ts';
import { durationText } from './duration.ts';
import { conditionText } from './text-print.ts';

export type Row = readonly unknown[];

/** What a signal is to a reader: its source, and the step its numbers count in. */
interface Shown {
  source: AuthorSource;
  quantum: string;
}

const number = (row: Row, at: number): number => Number(row[at]);
const smooth = { 4: 'light', 5: 'medium', 6: 'heavy' } as const;
const powers: Readonly<Record<number, AuthorSource['smooth']>> = smooth;
const windows: Readonly<Record<string, 'average' | 'lowest' | 'highest'>> = {
  avg: 'average',
  min: 'lowest',
  max: 'highest',
};

/** Names where the profile knows them; an input that it does not know counts in ones. */
function signals(form: DeviceForm, channels: readonly CompileChannel[]): Shown[] {
  const shown: Shown[] = [];
  const at = (index: number): Shown =>
    shown[index] ?? { source: { sensor: `signal_${index}` }, quantum: '1' };
  for (const row of form.sig as Row[]) shown.push(signalOf(row, at, form, channels));
  return shown;
}

/** A source that is nothing but a name is shown as the name. */
const short = (source: AuthorSource): string | AuthorSource =>
  typeof source.sensor === 'string' && Object.keys(source).length === 1 ? source.sensor : source;

function signalOf(
  row: Row,
  at: (index: number) => Shown,
  form: DeviceForm,
  channels: readonly CompileChannel[],
): Shown {
  const kind = String(row[0]);
  if (kind === 'in') {
    const [name, stale] = form.in[number(row, 1)] ?? ['', 0];
    const channel = channels.find(({ id }) => id === name);
    const own = channel?.staleMs === stale ? {} : { stale: durationText(stale) };
    return { source: { sensor: name, ...own }, quantum: channel?.quantum ?? '1' };
  }
  const { source, quantum } = at(number(row, 1));
  if (kind === 'diff') {
    const first = source.minus === undefined && isBare(source) ? source : { sensor: source };
    return { source: { ...first, minus: short(at(number(row, 2)).source) }, quantum };
  }
  const base: AuthorSource = isBare(source) ? source : { sensor: source };
  if (kind === 'ewma') {
    return { source: { ...base, smooth: powers[number(row, 2)] ?? number(row, 2) }, quantum };
  }
  const window = windows[kind] ?? 'average';
  return { source: { ...base, [window]: durationText(number(row, 2)), samples: number(row, 3) }, quantum };
}

/** Not smoothed yet: what comes next may stand in the same source. */
const isBare = ({ smooth: power, average, lowest, highest }: AuthorSource): boolean =>
  power === undefined && average === undefined && lowest === undefined && highest === undefined;

const directions: Readonly<Record<number, 'rising' | 'falling' | 'changing'>> = {
  1: 'rising',
  [-1]: 'falling',
  0: 'changing',
};

function onSignal(row: Row, { source, quantum }: Shown): AuthorCondition {
  const value = (at: number): string => fromQuanta(number(row, at), quantum);
  const band = (at: number): AuthorCondition => (number(row, at) === 0 ? {} : { deadband: value(at) });
  switch (row[0]) {
    case 'hi':
      return { ...source, above: value(2), ...band(3) };
    case 'lo':
      return { ...source, below: value(2), ...band(3) };
    case 'out':
      return { ...source, outside: [value(2), value(3)], ...band(4) };
    case 'roc': {
      const points = number(row, 5);
      const key = directions[number(row, 4)] ?? 'changing';
      return { ...source, [key]: value(2), per: 's', over: durationText(number(row, 3)), points };
    }
    case 'stuck': {
      const tolerance = number(row, 2) === 0 ? {} : { tolerance: value(2) };
      return { ...source, stuck: durationText(number(row, 3)), ...tolerance };
    }
    case 'anom': {
      const unusual = formatDecimal({ digits: BigInt(number(row, 3)) * 625n, places: 4 }).replace(
        /\.?0+$/,
        '',
      );
      const learn = number(row, 6) === 1 ? 'normal' : 'always';
      return { ...source, unusual, floor: value(4), memory: number(row, 2), warmUp: number(row, 5), learn };
    }
    default:
      return { ...source, silent: true };
  }
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function onConditions(row: Row, at: (index: number) => AuthorCondition): AuthorCondition | null {
  switch (row[0]) {
    case 'not':
      return negated(at(number(row, 1)));
    case 'nof': {
      const many = (row[2] as number[]).map(at);
      const count = number(row, 1);
      if (count === many.length) return { all: many };
      return count === 1 ? { any: many } : { atLeast: count, among: many };
    }
    case 'cnt':
      return { times: number(row, 2), within: durationText(number(row, 3)), of: at(number(row, 1)) };
    case 'then':
    case 'miss': {
      const [first, other] = [at(number(row, 1)), at(number(row, 2))];
      const within = durationText(number(row, 3));
      return row[0] === 'then' ? { first, followedBy: other, within } : { first, without: other, within };
    }
    case 'week': {
      const days = dayNames.filter((_, day) => Math.floor(number(row, 1) / 2 ** day) % 2 === 1);
      return { during: { days, from: clock(number(row, 2)), to: clock(number(row, 3)) } };
    }
    default:
      return null;
  }
}

/** Not of a negation stands around it: the device form keeps both. */
const negated = (when: AuthorCondition): AuthorCondition =>
  when.not === true ? { all: [when], not: true } : { ...when, not: true };

const policies = ['clear', 'fire', 'keep'] as const;
const severities = ['low', 'low', 'medium', 'high'] as const;

/** Conditions that a condition is made of. Shared ones are written out each time: what a unit says must not explode. */
export function partsOf(row: Row): number[] {
  if (row[0] === 'nof') return row[2] as number[];
  if (row[0] === 'then' || row[0] === 'miss') return [number(row, 1), number(row, 2)];
  return row[0] === 'not' || row[0] === 'cnt' ? [number(row, 1)] : [];
}
const longest = 5000;

/** Conditions as their author would have written them, and the step that each signal counts in. */
function conditionsOf(
  form: DeviceForm,
  channels: readonly CompileChannel[],
): { conditions: AuthorCondition[]; sources: Shown[] } {
  const sources = signals(form, channels);
  const conditions: AuthorCondition[] = [];
  const at = (index: number): AuthorCondition => conditions[index] ?? { sensor: `condition_${index}` };
  const sizes: number[] = [];
  for (const [index, row] of (form.cond as Row[]).entries()) {
    const size = partsOf(row).reduce((sum, part) => sum + (sizes[part] ?? 0), 1);
    if (size > longest) {
      const detail = `condition ${index} repeats others too often to be written out`;
      throw new Failure('RULES_INVALID', { detail });
    }
    sizes.push(size);
    const shown = sources[number(row, 1)] ?? { source: { sensor: '' }, quantum: '1' };
    conditions.push(onConditions(row, at) ?? onSignal(row, shown));
  }
  return { conditions, sources };
}

/** Rules of a unit as their author would have written them: readable, and compiled again they do the same. Fails with RULES_INVALID. */
export function decompileRules(form: DeviceForm, channels: readonly CompileChannel[]): AuthorRule[] {
  const { conditions } = conditionsOf(form, channels);
  return form.rule.map((rule) => ruleOf(rule, conditions[rule.c] ?? { sensor: `condition_${rule.c}` }, form));
}

/** The text of each condition, and the quantum of each signal; counts where the profile does not know the input. */
export function conditionTexts(
  form: DeviceForm,
  channels: readonly CompileChannel[],
): { texts: string[]; quanta: string[] } {
  const { conditions, sources } = conditionsOf(form, channels);
  return { texts: conditions.map(conditionText), quanta: sources.map(({ quantum }) => quantum) };
}

function ruleOf(rule: DeviceRule, when: AuthorCondition, form: DeviceForm): AuthorRule {
  const { edge, grp, inh, smax, act } = rule;
  const actions = (act ?? []).flatMap(([kind, output, level]): AuthorAction[] =>
    kind === 'gpio' ? [{ output: Number(output), level: level === 1 ? 1 : 0 }] : [],
  );
  const inhibitedBy = inh.map((index) => form.rule[index]?.id ?? '');
  return {
    id: rule.id,
    when,
    for: durationText(rule.on),
    clearAfter: durationText(rule.off),
    ifNoData: policies[rule.unk] ?? 'keep',
    severity: severities[rule.sev ?? 2] ?? 'medium',
    ...(rule.latch === 1 ? { needsAck: true } : {}),
    ...(rule.rep > 0 ? { remind: { every: durationText(rule.rep), times: rule.rn } } : {}),
    ...(edge === 1 ? { onlyOnCrossing: true } : {}),
    ...(grp === undefined || grp === 0 ? {} : { firstOut: `group-${grp}` }),
    ...(inhibitedBy.length > 0 ? { inhibitedBy } : {}),
    ...(smax === 28_800_000 ? {} : { shelveAtMost: durationText(smax) }),
    ...(actions.length === 0 ? {} : { actions }),
  };
}
