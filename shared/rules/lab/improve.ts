import { Failure } from '../../contract/failure.ts';
import { absoluteDecimal, compareDecimal, normaliseDecimal, subtractDecimal } from '../../units/units.ts';
import { compileRules } from '../compile.ts';
import { durationMs } from '../duration.ts';
import { type Alarm, replayRecording } from './replay.ts';
import { replayWith, type SweepRequest } from './sweep.ts';

/** An alarm of the rule as it is today, known by its beginning (ms of the recording's clock), as a person judges it. */
export interface JudgedAlarm {
  from: number;
  right: boolean;
}

export interface ImproveRequest extends SweepRequest {
  judged: readonly JudgedAlarm[];
}

/**
 * The value nearest to today's with which at every right alarm the rule is still on at some time, and at no wrong one;
 * null where none of the given values does that. Fails with RULES_INVALID where today's rules do not compile, and with
 * NOT_FOUND for an alarm that they do not give.
 */
export function improve({ judged, ...request }: ImproveRequest): string | null {
  const today = alarmsToday(request);
  const alarms = judged.map(({ from, right }) => {
    const alarm = today.find((one) => one.from === from);
    if (!alarm) throw new Failure('NOT_FOUND', { thing: 'alarm', id: String(from) });
    return { alarm, right };
  });
  const nearest = byDistance(request.values, valueAt(request.rules[request.rule], request.path));
  const better = nearest.find((value) => {
    const found = replayWith(request, value);
    if ('mistakes' in found) return false;
    return alarms.every(({ alarm, right }) => found.alarms.some((one) => overlap(one, alarm)) === right);
  });
  return better ?? null;
}

function alarmsToday({ rules, rule, channels, options, recording }: SweepRequest): readonly Alarm[] {
  const compiled = compileRules(rules, channels, options);
  if ('mistakes' in compiled) {
    const [first] = compiled.mistakes;
    throw new Failure('RULES_INVALID', { detail: `${first?.path}: ${first?.message}` });
  }
  return replayRecording(JSON.parse(compiled.text), recording).rules[rule]?.alarms ?? [];
}

/** What ends at a moment is over then. One that is still on lasts. */
const overlap = (a: Alarm, b: Alarm): boolean =>
  a.from < (b.until ?? Number.POSITIVE_INFINITY) && b.from < (a.until ?? Number.POSITIVE_INFINITY);

/** What stands in a field such as `when.above` or `for`; nothing counts as zero. */
function valueAt(rule: unknown, path: string): string {
  const found = path.split('.').reduce((value: unknown, key) => Object(value)[key], rule);
  return typeof found === 'string' ? found : '0';
}

/** A number, or a time as ms; null: neither. */
function sizeOf(value: string): string | null {
  try {
    return /[a-z]$/.test(value) ? String(durationMs(value)) : normaliseDecimal(value);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

/** The nearest first; of two that are as near, the first given. What is no value at all is left out. */
function byDistance(values: readonly string[], from: string): string[] {
  const start = sizeOf(from) ?? '0';
  return values
    .flatMap((value) => {
      const size = sizeOf(value);
      return size === null ? [] : [{ value, away: absoluteDecimal(subtractDecimal(size, start)) }];
    })
    .toSorted((a, b) => compareDecimal(a.away, b.away))
    .map(({ value }) => value);
}
