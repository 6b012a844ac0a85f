import { InvalidArgumentError } from 'commander';
import type { CompileOptions } from '../../shared/rules/rules.ts';
import type { Command, Input, Option } from './command.ts';
import { channelsOf, readRules } from './rules-file.ts';
import { refuseRules, ruleFileHelp } from './rules-words.ts';

export const channelsOption: Option = {
  flags: '--channels <profile>',
  description: 'names, units and steps of the channels: id of a profile, or a file',
};

export const compileOptions: readonly Option[] = [
  channelsOption,
  { flags: '--small', description: 'for boards whose whole numbers have 30 bits' },
  {
    flags: '--period <ms>',
    description: 'time between two frames: windows keep as many samples as come in their time',
    parse: (text) => {
      const ms = Number(text);
      if (/^\d{1,6}$/.test(text) && ms > 0) return ms;
      throw new InvalidArgumentError('a whole number of ms.');
    },
  },
];

export const channelsGiven = ({ options }: Input) =>
  channelsOf(typeof options.channels === 'string' ? options.channels : undefined);

export const compileOptionsOf = ({ options }: Input): CompileOptions => ({
  ...(options.small === true ? { profile: 'small' } : {}),
  ...(typeof options.period === 'number' ? { periodMs: options.period } : {}),
});

const help = `${ruleFileHelp}

Answer with --json: {"ok": true, "form": "device|author|text", "rules": n, "rev": "8 hex digits of the SHA-256 of the
exact bytes that a unit gets", "bytes": n, "device": {device form}, "text": "the exact bytes", "ids": [...],
"sentences": [...], "view": "the rules as text"}. Without, the rules as text, then their revision.
Wrong rules end with 2 and {"ok": false, "mistakes": [{"path": "0.when.above", "message": "..."}]}; the path starts
with the place of the rule, from 0.
`;

export const rulesCheckCommand: Command = {
  name: 'rules check',
  summary: 'compile rules, or read those of a unit; name every mistake',
  arguments: [{ name: 'rules', description: 'the rules: device form, author form or text' }],
  options: compileOptions,
  help,
  example: 'plumb rules check rules.json --channels bench-thermometer',
  run: async (input, context) => {
    const read = await readRules(
      input.arguments[0] ?? '',
      await channelsGiven(input),
      compileOptionsOf(input),
    );
    if ('mistakes' in read) return refuseRules(read.mistakes, context);
    const { form, text, rev, ids, sentences, view } = read;
    const bytes = Buffer.byteLength(text);
    const device: unknown = JSON.parse(text);
    context.answer({ ok: true, form, rules: ids.length, rev, bytes, device, text, ids, sentences, view }, [
      view.trimEnd(),
      '',
      ...(form === 'device' ? [] : sentences),
      `${ids.length} ${ids.length === 1 ? 'rule' : 'rules'}, ${bytes} bytes, revision ${rev}.`,
    ]);
    return 0;
  },
};
