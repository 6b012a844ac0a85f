import { HardwareId } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { ProvisionState } from '../../shared/contract/provision.ts';
import type { Host } from '../host/host.ts';
import { portMistake } from '../host/port-names.ts';
import { passphraseOption } from './bundle-passphrase.ts';
import { type Command, type Context, text } from './command.ts';
import { WizardFollower } from './follow-wizard.ts';
import { projectOf, projectOption } from './project.ts';
import { withHost } from './run-host.ts';
import { refuseUsage } from './usage.ts';

export const replaceCommand: Command = {
  name: 'replace',
  summary: 'put a new unit in the place of a dead one: its plate, connection and rules, not its calibration',
  options: [
    projectOption,
    { flags: '--unit <id>', description: 'hardware id of the dead unit', required: true },
    { flags: '--port <port>', description: 'where the new unit is', required: true },
    {
      ...passphraseOption,
      description: 'opens the secrets of the project, where "plumb ca make" made a file for them',
    },
  ],
  example: 'plumb replace --project commissioning --unit e66058388303aa2f --port /dev/ttyACM0',
  run: async (input, context) => {
    const [old, port] = [text(input, 'unit').toLowerCase(), text(input, 'port')];
    if (!HardwareId.safeParse(old).success) return refuseUsage('--unit must be a hardware id', context);
    const mistake = portMistake(port);
    if (mistake !== null) return refuseUsage(`--port ${mistake}`, context);
    const jobPath = projectOf(input) ?? '';
    const done = await withHost({ ports: [port], jobPath, input }, context, (host) =>
      replace(host, { old, port }, context),
    );
    const { unit, settings, journal } = done;
    const answer = {
      old,
      unit: unit?.hardwareId ?? null,
      tag: settings?.tag ?? null,
      slot: journal?.slot ?? null,
      calibration: 'not transferable',
      brokerProved: done.brokerProved,
    };
    context.answer(answer, [
      `${answer.unit} took the place of ${old} as ${answer.tag}.`,
      'The calibration of the dead unit is not transferable: calibrate the new one.',
    ]);
    return 0;
  },
};

async function replace(
  host: Host,
  { old, port }: { old: string; port: string },
  context: Context,
): Promise<ProvisionState> {
  const { id } = await host.call('unit.replace', { old, port });
  const wizard = new WizardFollower(host, id, context);
  try {
    const { settings, software, connection } = await wizard.settled();
    if (!settings || !connection) {
      throw new Failure('STEP_BLOCKED', { detail: 'the dead unit was not described' });
    }
    await wizard.act({ type: 'describe', settings, software });
    await wizard.act({ type: 'connect', connection });
    await wizard.act({ type: 'push' });
    if (connection.broker) await wizard.act({ type: 'proveBroker' });
    return await wizard.act({ type: 'finish' });
  } finally {
    wizard.close();
  }
}
