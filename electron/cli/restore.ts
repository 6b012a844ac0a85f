import type { Snapshot } from '../../shared/contract/configuration.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { demandIdentical, restoreUnit, withProject } from '../host/configurations.ts';
import { type Command, type Context, type Input, text } from './command.ts';
import { differenceLines } from './difference-lines.ts';
import { failureLines } from './output.ts';
import { projectOf } from './project.ts';
import { snapshotFile } from './snapshot-files.ts';
import { portOption, portRefusal } from './unit-port.ts';
import { refuseUsage } from './usage.ts';

type Outcome = Awaited<ReturnType<typeof restoreUnit>>;

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'put a configuration back onto its unit and read it back; lists every line that did not take',
  arguments: [{ name: 'snapshot', description: 'a file that "plumb snapshot" wrote' }],
  options: [
    portOption,
    { flags: '--onto-replacement', description: 'the unit takes the place of the one in the snapshot' },
    { flags: '--project <file>', description: 'the project whose record keeps what was there before' },
    { flags: '--yes', description: 'the program on the unit may be interrupted, its configuration replaced' },
  ],
  example: 'plumb restore tt-101.snapshot.json --port /dev/ttyACM0 --project job.plumb --yes',
  run: async (input, context) => {
    const port = text(input, 'port');
    const refusal = portRefusal(port, input, 'restoring');
    if (refusal !== null) return refuseUsage(refusal, context);
    const snapshot = await snapshotFile(input.arguments[0] ?? '');
    const outcome = await restored(input, port, snapshot, context);
    const failure = failureOf(outcome);
    const answer = failure ? { ok: false, ...outcome, failure } : { ok: true, ...outcome };
    context.answer(answer, [
      ...words(outcome),
      ...(failure
        ? failureLines(failure.toJSON())
        : ['Identical: every byte that was to be restored was read back.']),
    ]);
    return failure ? 1 : 0;
  },
};

function restored(input: Input, port: string, snapshot: Snapshot, { signal }: Context): Promise<Outcome> {
  const project = projectOf(input);
  const order = { snapshot, ontoReplacement: input.options.ontoReplacement === true };
  return project === null
    ? restoreUnit(port, { ...order, store: null }, signal)
    : withProject(project, (store) => restoreUnit(port, { ...order, store }, signal));
}

function words({ unit, before, lines, notTransferable, secretsMissing }: Outcome): string[] {
  return [
    `Unit ${unit}: ${before.length} differences before${before.length > 0 ? ':' : '.'}`,
    ...differenceLines(before),
    ...notTransferable.map(
      (name) => `${name} was not transferred: it belongs to the unit that was calibrated.`,
    ),
    ...secretsMissing.map(
      (name) => `${name} was on the unit then and is not now; a snapshot holds no secrets.`,
    ),
    ...(lines.length > 0 ? ['Did not take (the unit has -> was to get):', ...differenceLines(lines)] : []),
  ];
}

function failureOf(outcome: Outcome): Failure | null {
  try {
    demandIdentical(outcome);
    return null;
  } catch (thrown) {
    return Failure.from(thrown);
  }
}
