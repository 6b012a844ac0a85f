import type { AuthorRule } from '../../shared/contract/author.ts';
import type { ProfileChannel } from '../../shared/contract/profile.ts';
import { durationMs } from '../../shared/rules/duration.ts';
import { delaysBetween, type SweepPoint, sweep, thresholdsBetween } from '../../shared/rules/lab/lab.ts';
import { decimalPlaces, NumberError } from '../../shared/units/units.ts';
import { type Command, type Input, text } from './command.ts';
import { numberBetween } from './numbers.ts';
import { channelsGiven, channelsOption } from './rules-check.ts';
import { readRules } from './rules-file.ts';
import { loadFrames, recordingHelp } from './rules-recording.ts';
import { refuseRules, ruleFileHelp } from './rules-words.ts';
import { refuseUsage } from './usage.ts';

const help = `${ruleFileHelp}

${recordingHelp}

--path names the field of the rule: when.above, when.deadband, for, clearAfter, when.all.0.below. --from and --to are
numbers in the unit of the channel, or times such as 500ms and 2min where the field is one.

Answer with --json: {"rule": id, "path": path, "today": value or null, "points": [{"value", "fires", "timeInAlarm" (ms),
"alarmsPerDay", "noise": ["often"|"chatters"|"standing"|"fleeting"]} or {"value", "mistakes": [...]}]}.
`;

export const rulesSweepCommand: Command = {
  name: 'rules sweep',
  summary: 'alarms a day of a rule over a recording, against one of its numbers',
  arguments: [
    { name: 'rules', description: 'the rules: device form, author form or text' },
    { name: 'recording', description: 'a recording, or frames as JSON lines' },
  ],
  options: [
    { flags: '--rule <id>', description: 'which rule', required: true },
    { flags: '--path <field>', description: 'which of its numbers', required: true },
    { flags: '--from <value>', description: 'first value', required: true },
    { flags: '--to <value>', description: 'last value', required: true },
    {
      flags: '--count <n>',
      description: 'how many values, 2 to 200',
      fallback: 21,
      parse: numberBetween(2, 200),
    },
    channelsOption,
  ],
  help,
  example:
    'plumb rules sweep rules.json week.csv --rule too-hot --path when.above --from 60 --to 80 --channels bench-thermometer',
  run: async (input, context) => {
    const channels = await channelsGiven(input);
    if (channels.length === 0) return refuseUsage('--channels is needed: values are in their units', context);
    const read = await readRules(input.arguments[0] ?? '', channels);
    if ('mistakes' in read) return refuseRules(read.mistakes, context);
    const [id, path] = [text(input, 'rule'), text(input, 'path')];
    const rule = read.ids.indexOf(id);
    if (rule < 0)
      return refuseUsage(`--rule: there is no rule ${id}; known: ${read.ids.join(', ')}`, context);
    const today = fieldOf(read.rules[rule], path);
    const values = valuesOf(input, quantumOf(read.rules[rule], path, channels));
    if (values === null) return refuseUsage('--from and --to are two numbers, or two times', context);
    const { recording, notes } = await loadFrames(input.arguments[1] ?? '', channels, context.signal);
    const points = sweep({ rules: read.rules, rule, path, values, channels, recording });
    for (const note of notes) context.say(note);
    context.answer({ rule: id, path, today, points }, [
      `${id}, ${path}${today === null ? '' : ` (today ${today})`}:`,
      ...points.map(line),
    ]);
    return 0;
  },
};

/** What a field holds now; null where it is not there, or no text. */
function fieldOf(rule: AuthorRule | undefined, path: string): string | null {
  const found = path.split('.').reduce((value: unknown, key) => Object(value)[key], rule as unknown);
  return typeof found === 'string' ? found : null;
}

/** The step of the channel that the condition around a field looks at. */
function quantumOf(
  rule: AuthorRule | undefined,
  path: string,
  channels: readonly ProfileChannel[],
): string | null {
  const around = path.split('.').slice(0, -1);
  const source = around.reduce((value: unknown, key) => Object(value)[key], rule as unknown);
  const sensor: unknown = Object(source).sensor;
  const name: unknown = typeof sensor === 'string' ? sensor : Object(sensor).sensor;
  return channels.find(({ id }) => id === name)?.quantum ?? null;
}

/** Null where they are not both numbers or both times. */
function valuesOf(input: Input, quantum: string | null): string[] | null {
  const [from, to, count] = [text(input, 'from'), text(input, 'to'), Number(text(input, 'count'))];
  try {
    if (/[a-z]$/.test(from)) return delaysBetween(durationMs(from), durationMs(to), count);
    const places = Math.max(decimalPlaces(from), decimalPlaces(to));
    return thresholdsBetween(
      from,
      to,
      count,
      quantum ?? (places === 0 ? '1' : `0.${'1'.padStart(places, '0')}`),
    );
  } catch (thrown) {
    if (thrown instanceof NumberError || thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function line(point: SweepPoint): string {
  if ('mistakes' in point)
    return `${point.value}  ${point.mistakes.map(({ message }) => message).join('; ')}`;
  const { value, fires, alarmsPerDay, timeInAlarm, noise } = point;
  const noted = noise.length === 0 ? '' : `  (${noise.join(', ')})`;
  const alarms = `${fires} ${fires === 1 ? 'alarm' : 'alarms'}`;
  return `${value}  ${alarms}, ${alarmsPerDay.toFixed(1)} a day, ${timeInAlarm} ms on${noted}`;
}
