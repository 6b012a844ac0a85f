import { dirname, join } from 'node:path';
import type { Snapshot } from '../../shared/contract/configuration.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { demandIdentical, restoreUnit, snapshotText, withProject } from '../host/configurations.ts';
import { type Command, type Context, type Input, text } from './command.ts';
import { differenceLines } from './difference-lines.ts';
import { placeFile } from './folder.ts';
import { failureLines } from './output.ts';
import { pathOf } from './places.ts';
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
    {
      flags: '--keep <file>',
      description:
        'without a project: gets a snapshot of what was there before; else a file beside the first',
    },
    { flags: '--yes', description: 'the program on the unit may be interrupted, its configuration replaced' },
  ],
  example: 'plumb restore tt-101.snapshot.json --port /dev/ttyACM0 --project job.plumb --yes',
  run: async (input, context) => {
    const port = text(input, 'port');
    const refusal = portRefusal(port, input, 'restoring');
    if (refusal !== null) return refuseUsage(refusal, context);
    const { outcome, kept } = await restored(input, port, context);
    const failure = failureOf(outcome);
    const answer = { ok: failure === null, ...outcome, kept, ...(failure ? { failure } : {}) };
    context.answer(answer, [
      ...words(outcome),
      ...(kept === null ? [] : [`What the unit held before is kept in ${kept}.`]),
      ...(failure
        ? failureLines(failure.toJSON())
        : ['Identical: every byte that was to be restored was read back.']),
    ]);
    return failure ? 1 : 0;
  },
};

interface Restored {
  outcome: Outcome;
  /** Where what the unit held is kept; null: in the record of the project. */
  kept: string | null;
}

async function restored(input: Input, port: string, { signal }: Context): Promise<Restored> {
  const [given, project] = [input.arguments[0] ?? '', projectOf(input)];
  const snapshot = await snapshotFile(given);
  let kept: string | null = null;
  const keep = async (found: Snapshot): Promise<void> => {
    const { path } = await placeFile(placeOf(input, given, found), Buffer.from(snapshotText(found)));
    kept = path;
  };
  const order = { snapshot, ontoReplacement: input.options.ontoReplacement === true, keep };
  const outcome =
    project === null
      ? await restoreUnit(port, { ...order, store: null }, signal)
      : await withProject(project, (store) => restoreUnit(port, { ...order, store }, signal));
  return { outcome, kept };
}

/** Named by unit and moment, so that no restore takes the place of what an earlier one kept. */
function placeOf(input: Input, given: string, { unit, at }: Snapshot): string {
  if (input.options.keep !== undefined) return pathOf(text(input, 'keep'));
  const moment = new Date(at).toISOString().replace(/[:.]/g, '-');
  return join(dirname(pathOf(given)), `${unit.hardwareId}-before-${moment}.snapshot.json`);
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
