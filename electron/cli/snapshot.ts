import { factsOf, snapshotText, snapshotUnit } from '../host/configurations.ts';
import { type Command, text } from './command.ts';
import { placeFile } from './folder.ts';
import { pathOf } from './places.ts';
import { consentOption, portOption, portRefusal } from './unit-port.ts';
import { refuseUsage } from './usage.ts';

export const snapshotCommand: Command = {
  name: 'snapshot',
  summary: 'read the configuration of a unit byte for byte into a file; secrets stay on the unit',
  options: [
    portOption,
    { flags: '--out <file>', description: 'gets the snapshot', required: true },
    consentOption,
  ],
  example: 'plumb snapshot --port /dev/ttyACM0 --out tt-101.snapshot.json --yes',
  run: async (input, context) => {
    const port = text(input, 'port');
    const refusal = portRefusal(port, input, 'a snapshot');
    if (refusal !== null) return refuseUsage(refusal, context);
    const snapshot = await snapshotUnit(port, context.signal);
    const file = await placeFile(pathOf(text(input, 'out')), Buffer.from(snapshotText(snapshot)));
    const { unit, files } = factsOf(snapshot);
    const { secrets } = snapshot;
    context.answer({ ok: true, unit, file, files, secrets }, [
      `Unit ${unit} on ${port}: ${files.length} files in ${file.path}`,
      ...files.map(({ path, size, sha256 }) => `  ${path}  ${size} bytes  ${sha256}`),
      ...secrets.map((name) => `  ${name} is there and was not read`),
    ]);
    return 0;
  },
};
