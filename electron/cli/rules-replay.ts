import { createEngine, eventRow, readDeviceForm, replayFrames } from '../../shared/rules/rules.ts';
import { recordedFrames } from '../host/tools.ts';
import type { Command } from './command.ts';
import { pathOf } from './places.ts';
import { channelsGiven, compileOptions, compileOptionsOf } from './rules-check.ts';
import { readRules } from './rules-file.ts';
import { refuseRules, ruleFileHelp } from './rules-words.ts';

const help = `${ruleFileHelp}

FRAMES is one of
  frames      JSON lines [t, {"input": whole number or null}, [acknowledged rules], [[shelved rule, until]]]; t in
              ms, values in quanta; the last two may be left out. A frame whose t does not increase is late: refused
              and counted
  recording   what plumb exports: CSV or JSON lines
  CSV         a column of times and one a sensor, in the units of the profile (needs --channels); columns are found
              by the names of the channels. Values are rounded to the steps of the channel; where the
              times are dates, schedules go by them as they are written (UTC where they name a zone)

Prints one event a line, [t, ruleIndex, "ON"|"OFF"|"RTN"|"REP"], with --json; a fourth member 1 marks the first of its
first-out group. OFF: normal. RTN: normal, and not yet acknowledged. REP: a reminder. A summary goes to stderr.
`;

export const rulesReplayCommand: Command = {
  name: 'rules replay',
  summary: 'what rules decide over a recording, event by event, as a unit does',
  arguments: [
    { name: 'rules', description: 'the rules: device form, author form or text' },
    { name: 'frames', description: 'frames as JSON lines, or a recording' },
  ],
  options: compileOptions,
  help,
  example: 'plumb rules replay rules.json frames.jsonl --json',
  run: async (input, context) => {
    const channels = await channelsGiven(input);
    const read = await readRules(input.arguments[0] ?? '', channels, compileOptionsOf(input));
    if ('mistakes' in read) return refuseRules(read.mistakes, context);
    const engine = createEngine(readDeviceForm(read.text));
    let frames = 0;
    let events = 0;
    const { blocks, notes } = await recordedFrames(
      pathOf(input.arguments[1] ?? ''),
      channels,
      context.signal,
    );
    for await (const block of blocks) {
      frames += block.length;
      for (const decision of replayFrames(engine, block)) {
        events += 1;
        const { t, rule, kind, first } = decision;
        context.line(
          eventRow(decision),
          `${t} ms  ${read.ids[rule] ?? rule}  ${kind}${first ? ', first of its group' : ''}`,
        );
      }
    }
    for (const note of notes()) context.say(note);
    const late = engine.late === 0 ? '' : ` (${engine.late} late: refused)`;
    context.say(
      `${frames} frames${late}, ${read.ids.length} ${read.ids.length === 1 ? 'rule' : 'rules'} (revision ${read.rev}), ${events} events.`,
    );
    return 0;
  },
};
