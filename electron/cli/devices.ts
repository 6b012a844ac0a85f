import type { PortInfo } from '../../shared/contract/devices.ts';
import type { PortChange } from '../../shared/contract/doctor.ts';
import { listRealPorts, PortChanges, watchRealPorts } from '../host/tools.ts';
import type { Command, Context } from './command.ts';
import { networkDevices } from './devices-network.ts';
import { refuseUsage } from './usage.ts';

export const devicesCommand: Command = {
  name: 'devices',
  summary: 'list the ports of this computer, or what there is on the network; nothing is opened',
  options: [
    {
      flags: '--watch',
      description:
        'go on until Ctrl-C and tell what is plugged in, unplugged or moved; with --json not one document, but one ' +
        'JSON line for each port that is there and then for each change (NDJSON)',
    },
    { flags: '--network', description: 'instead of the ports: what announces itself on the network (mDNS)' },
    {
      flags: '--broker <url>',
      description: 'with --network: also what announces itself at this MQTT broker, mqtt://host:port/topic',
    },
    {
      flags: '--authority <file>',
      description: 'certificate (PEM) of the authority that vouches for an mqtts:// broker',
    },
  ],
  example: 'plumb devices --watch --json',
  run: async (input, context) => {
    if (input.options.network === true) return networkDevices(input, context);
    if (input.options.broker !== undefined) return refuseUsage('--broker goes with --network only', context);
    const ports = await listRealPorts();
    if (input.options.watch === true) {
      await watch(ports, context);
      return 0;
    }
    context.answer(ports, ports.length > 0 ? ports.map(line) : ['No ports were found.']);
    return 0;
  },
};

/** A unit that only restarts is gone for a look or two and comes back: both are told, nothing is made up. */
async function watch(present: readonly PortInfo[], context: Context): Promise<void> {
  const tell = (change: PortChange): void => context.line(change, changeLine(change));
  for (const device of present) tell({ change: 'present', device });
  context.say('Watching the ports; Ctrl-C ends it.');
  const changes = new PortChanges(present);
  const watch = watchRealPorts((ports) => {
    for (const change of changes.next(ports)) tell(change);
  });
  // The watcher's own timer keeps no process alive.
  const alive = setInterval(() => undefined, 60_000);
  try {
    if (context.signal.aborted) return;
    await new Promise<void>((resolve) =>
      context.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
  } finally {
    watch.stop();
    clearInterval(alive);
  }
}

const changeLine = ({ change, device, from }: PortChange): string =>
  `${change.padEnd(9)}  ${line(device)}${from === undefined ? '' : `, was ${from}`}`;

const taken: Readonly<Record<PortInfo['looksLike'], string>> = {
  unit: 'looks like a unit',
  reference: 'looks like a reference',
  unknown: 'unknown',
};

function line({
  port,
  looksLike,
  manufacturer,
  product,
  vendorId,
  productId,
  serialNumber,
}: PortInfo): string {
  const usb = vendorId && productId ? `USB ${vendorId}:${productId}` : undefined;
  const facts = [taken[looksLike], manufacturer, product, usb, serialNumber && `serial ${serialNumber}`];
  return `${port}  ${facts.filter(Boolean).join(', ')}`;
}
