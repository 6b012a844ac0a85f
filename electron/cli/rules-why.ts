import { type Explained, type WhyNot, type WhyRule, whyAt, whyNot } from '../../shared/rules/lab/lab.ts';
import { type Command, text } from './command.ts';
import { channelsGiven, compileOptions, compileOptionsOf } from './rules-check.ts';
import { type RuleFile, readRules } from './rules-file.ts';
import { loadFrames, recordingHelp } from './rules-recording.ts';
import { refuseRules, ruleFileHelp } from './rules-words.ts';
import { refuseUsage } from './usage.ts';

const help = `${ruleFileHelp}

${recordingHelp}

--at and --until are ms of the recording, or a date and time where it has them (2026-11-22T08:30:00). Without --until:
every rule at that moment, its state, its timer, and its condition down to the values. With --until and --rule: why the
rule did not fire between the two.

Answer with --json: {"t", "rules": [{"id", "state", "since", "due", "suppressed", "condition": {"text", "truth", "value",
"away", "timer", "parts": [...]}}]}, or {"reason": "fired"|"already-on"|"no-frames"|"suppressed"|"too-short"|"no-crossing"|
"unknown"|"never-held", ...}. truth is 1, 0, or null for unknown; times are ms.
`;

export const rulesWhyCommand: Command = {
  name: 'rules why',
  summary: 'what every condition of the rules held at a moment of a recording, or why a rule did not fire',
  arguments: [
    { name: 'rules', description: 'the rules: device form, author form or text' },
    { name: 'recording', description: 'a recording, or frames as JSON lines' },
  ],
  options: [
    { flags: '--at <time>', description: 'the moment, or the first one', required: true },
    { flags: '--until <time>', description: 'the last moment, for why it did not fire' },
    { flags: '--rule <id>', description: 'this rule only' },
    ...compileOptions,
  ],
  help,
  example: 'plumb rules why rules.json week.csv --at 3600000 --channels bench-thermometer',
  run: async (input, context) => {
    const { until, rule: id } = input.options;
    const [at, end] = [momentOf(text(input, 'at')), until === undefined ? null : momentOf(String(until))];
    if (at === null || (until !== undefined && end === null))
      return refuseUsage('--at and --until are ms, or a date and time such as 2026-11-22T08:30:00', context);
    if (end !== null && (id === undefined || end < at))
      return refuseUsage('--until needs --rule, and lies behind --at', context);
    const channels = await channelsGiven(input);
    const read = await readRules(input.arguments[0] ?? '', channels, compileOptionsOf(input));
    if ('mistakes' in read) return refuseRules(read.mistakes, context);
    const rule = id === undefined ? null : read.ids.indexOf(String(id));
    if (rule !== null && rule < 0)
      return refuseUsage(`--rule: there is no rule ${id}; known: ${read.ids.join(', ')}`, context);
    const { recording, notes } = await loadFrames(input.arguments[1] ?? '', channels, context.signal);
    for (const note of notes) context.say(note);
    const form: unknown = JSON.parse(read.text);
    if (end !== null && rule !== null) {
      const answer = whyNot(form, recording, { rule, from: at, to: end }, channels);
      context.answer(answer, whyNotLines(answer, nameOf(read, rule)));
      return 0;
    }
    const why = whyAt(form, recording, at, channels);
    const rules = why.rules.filter((_, index) => rule === null || index === rule);
    context.answer({ ...why, rules }, rules.flatMap(ruleLines));
    return 0;
  },
};

const nameOf = ({ ids }: RuleFile, rule: number): string => ids[rule] ?? String(rule);

/** Dates count as they are written, as in recordings; null where it is no moment. */
function momentOf(given: string): number | null {
  if (/^-?\d{1,15}$/.test(given)) return Number(given);
  const date = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)Z?$/.exec(given);
  const t = date === null ? Number.NaN : Date.parse(`${date[1]}T${date[2]}Z`);
  return Number.isNaN(t) ? null : t;
}

function ruleLines({ id, state, since, due, suppressed, condition }: WhyRule): string[] {
  const facts = [
    ...(since === null ? [] : [`since ${since} ms`]),
    ...(due === null ? [] : [`due at ${due} ms`]),
    ...(suppressed ? ['silenced'] : []),
  ];
  return [[`${id}  ${state}`, ...facts].join(', '), ...conditionLines(condition, 1)];
}

const truths = ['false', 'true'];

function conditionLines(
  { text: words, truth, value, away, timer, parts }: Explained,
  depth: number,
): string[] {
  const facts = [
    truth === null ? 'unknown' : (truths[truth] ?? ''),
    ...(value === undefined ? [] : [value === null ? 'no good value' : `is ${value}`]),
    ...(away === undefined ? [] : [`${away} away`]),
    ...(timer === undefined ? [] : [timer]),
  ];
  return [
    `${'  '.repeat(depth)}${words}: ${facts.join(', ')}`,
    ...parts.flatMap((part) => conditionLines(part, depth + 1)),
  ];
}

function whyNotLines(answer: WhyNot, id: string): string[] {
  switch (answer.reason) {
    case 'fired':
      return [`${id} did fire, at ${answer.at} ms.`];
    case 'already-on':
      return [`${id} was on already, since ${answer.since} ms.`];
    case 'no-frames':
      return ['The recording has no frame between the two.'];
    case 'suppressed':
      return [`${id} was silenced when it would have told, at ${answer.at} ms.`];
    case 'too-short':
      return [
        `${id} held for ${answer.longest} ms at most, from ${answer.at} ms on; it needs ${answer.needed} ms.`,
      ];
    case 'no-crossing':
      return [`${id} held from the start (${answer.at} ms), and only a crossing counts.`];
    case 'unknown':
      return [`${id} was never known:`, ...conditionLines(answer.condition, 1)];
    case 'never-held':
      return [`${id} never held; nearest at ${answer.at} ms:`, ...conditionLines(answer.nearest, 1)];
  }
}
