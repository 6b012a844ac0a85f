import { difference, noFiles } from '../../shared/configuration/configuration.ts';
import type { Snapshot } from '../../shared/contract/configuration.ts';
import { factoryFiles, filesIn, snapshotUnit } from '../host/configurations.ts';
import { type Command, type Context, text } from './command.ts';
import { differenceLines } from './difference-lines.ts';
import { resources } from './places.ts';
import { isPlainFile, snapshotFile } from './snapshot-files.ts';
import { consentOption, portRefusal } from './unit-port.ts';
import { refuseUsage } from './usage.ts';

export const diffCommand: Command = {
  name: 'diff',
  summary: 'compare two configurations, each a snapshot or a unit, byte for byte: exit 0 identical, 1 not',
  arguments: [
    { name: 'a', description: 'a snapshot, or the port of a unit' },
    { name: 'b', description: 'a snapshot, or the port of a unit' },
  ],
  options: [
    {
      flags: '--factory <profile>',
      description: 'show beside it what this profile has before it is described',
    },
    consentOption,
  ],
  example: 'plumb diff tt-101.snapshot.json /dev/ttyACM0 --factory bench-thermometer --yes',
  run: async (input, context) => {
    const [a = '', b = ''] = input.arguments;
    for (const given of [a, b]) {
      const refusal = (await isPlainFile(given)) ? null : portRefusal(given, input, 'comparing');
      if (refusal !== null) return refuseUsage(refusal, context);
    }
    const profile = text(input, 'factory');
    const factory = profile === '' ? noFiles : await factoryFiles(resources, profile);
    const [first, second] = [await configuration(a, context), await configuration(b, context)];
    const lines = difference(factory, filesIn(first), filesIn(second));
    const identical = lines.length === 0;
    const facts = ({ unit, at }: Snapshot) => ({ unit: unit.hardwareId, at });
    context.answer({ identical, a: facts(first), b: facts(second), lines }, [
      identical ? 'Identical: every byte of every file.' : `${lines.length} differences, ${a} -> ${b}:`,
      ...differenceLines(lines),
    ]);
    return identical ? 0 : 1;
  },
};

const configuration = async (given: string, { signal }: Context): Promise<Snapshot> =>
  (await isPlainFile(given)) ? snapshotFile(given) : snapshotUnit(given, signal);
