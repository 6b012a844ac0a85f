import { guess } from '../fingerprints.ts';
import { type Check, notApplicable, ok, possible, problem } from './check.ts';
import type { Facts, UsbDevice } from './facts.ts';
import { bootloaderOf, driverOf, nameOf } from './known-usb.ts';

// What the USB shows where there is no port, or not the one that was hoped for.

/** A board or bridge that we know by its ids, in its program rather than in its boot loader. */
const known = (device: UsbDevice): boolean => {
  const { family, looksLike } = guess({ port: '', kind: 'serial', ...device });
  return family !== 'unknown' && looksLike !== 'reference' && !bootloaderOf(device)?.certain;
};

const withoutTerminal = ({ machine }: Facts): UsbDevice[] =>
  (machine.usb ?? []).filter((device) => known(device) && device.terminals.length === 0);

export const driver: Check = {
  id: 'driver',
  linuxOnly: true,
  judge: (facts) => {
    const { machine, port } = facts;
    if (port.node) return ok(`${port.port} has its driver`);
    if (machine.usb === null) return notApplicable('the kernel shows no USB here');
    const bare = withoutTerminal(facts);
    const missing = bare.find((device) => driverOf(device) !== undefined);
    if (missing) {
      const module = driverOf(missing);
      const bound = missing.interfaces.map((each) => each.driver).filter(Boolean);
      return problem(
        `${nameOf(missing)} is plugged in and has no terminal; its interfaces are bound to ${bound.join(', ') || 'nothing'}`,
        `Load the driver with "sudo modprobe ${module}". Where that fails, the kernel was built without it or was updated since the last restart; see also the finding on brltty.`,
      );
    }
    const [silent] = bare;
    if (silent) {
      return possible(
        `${nameOf(silent)} is plugged in and offers no serial port`,
        'Its program has turned the serial port off. Restart the board in its boot loader and install MicroPython again.',
      );
    }
    return ok('no known board is plugged in without a port');
  },
};

export const chargeOnlyCable: Check = {
  id: 'charge-only-cable',
  judge: (facts) => {
    const { machine, port } = facts;
    if (port.node || (machine.platform === 'win32' && port.listed))
      return ok(`${port.port} came through the cable`);
    const other = [
      ...withoutTerminal(facts),
      ...(machine.usb ?? []).filter((each) => bootloaderOf(each)?.certain),
    ];
    const [first] = other;
    if (first) return ok(`${nameOf(first)} came through the cable`);
    const evidence =
      machine.usb === null
        ? 'USB cannot be looked at here'
        : `${machine.usb.length} USB devices are there, none of them a board without a port`;
    return possible(
      evidence,
      'A cable that only charges shows nothing. Run "plumb devices --watch", unplug the unit and plug it in again: where nothing is told, take a cable that is known to carry data, and another socket.',
    );
  },
};

const leave =
  'Press reset once, or unplug it and plug it in again without holding a button. Where it comes back here, it has no program: install MicroPython.';

export const bootloader: Check = {
  id: 'bootloader',
  blocks: true,
  judge: ({ machine, port }) => {
    const listed = port.listed?.vendorId && port.listed.productId ? port.listed : undefined;
    const own =
      port.usb ??
      (listed && {
        vendorId: listed.vendorId ?? '',
        productId: listed.productId ?? '',
        product: '',
        interfaces: [],
        terminals: [],
      });
    if (port.node || own) {
      const found = own && bootloaderOf(own);
      if (!own || !found) return ok(`${port.port} is no boot loader`);
      const evidence = `${nameOf(own)}: ${found.name}`;
      return found.certain
        ? problem(evidence, leave)
        : possible(evidence, `Where it does not answer: ${leave}`);
    }
    const [drive] = machine.drives;
    if (drive) return problem(`the drive ${drive.path} of a boot loader: ${drive.board}`, leave);
    const device = machine.usb?.find((each) => bootloaderOf(each)?.certain);
    if (device) return problem(`${nameOf(device)}: ${bootloaderOf(device)?.name}`, leave);
    if (machine.usb === null) return notApplicable('USB cannot be looked at here');
    return ok('no boot loader that we know is plugged in');
  },
};
