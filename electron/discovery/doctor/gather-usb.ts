import type { MachineFacts, UsbDevice } from './facts.ts';
import type { Tree } from './tree.ts';

const devices = '/sys/bus/usb/devices';

/** cdc_acm puts its terminal into `tty/`, the drivers of bridges put it beside: `ttyUSB0/tty/ttyUSB0`. */
async function terminalsOf(tree: Tree, interfaceFolder: string): Promise<string[]> {
  const beside = (await tree.list(interfaceFolder)).filter((name) => /^tty\w+\d+$/.test(name));
  return [...beside, ...(await tree.list(`${interfaceFolder}/tty`))];
}

async function deviceAt(tree: Tree, name: string, all: readonly string[]): Promise<UsbDevice | undefined> {
  const attribute = (what: string): Promise<string | undefined> => tree.line(`${devices}/${name}/${what}`);
  const [vendorId, productId, product] = await Promise.all(
    ['idVendor', 'idProduct', 'product'].map(attribute),
  );
  if (!vendorId || !productId) return undefined;
  const folders = all.filter((each) => each.startsWith(`${name}:`)).map((each) => `${devices}/${each}`);
  const interfaces = await Promise.all(
    folders.map(async (folder) => ({
      class: (await tree.line(`${folder}/bInterfaceClass`)) ?? '',
      driver: (await tree.link(`${folder}/driver`))?.split('/').at(-1) ?? '',
    })),
  );
  const terminals = (await Promise.all(folders.map((folder) => terminalsOf(tree, folder)))).flat();
  return { vendorId, productId, product: product ?? '', interfaces, terminals };
}

/** What is plugged in, as the kernel shows it; hubs and all. Null where it shows no USB at all. */
export async function gatherUsb(tree: Tree): Promise<UsbDevice[] | null> {
  if (!(await tree.exists(devices))) return null;
  const names = await tree.list(devices);
  const found = await Promise.all(
    names.filter((name) => !name.includes(':')).map((name) => deviceAt(tree, name, names)),
  );
  return found.filter((device) => device !== undefined);
}

/** Escapes of /proc/mounts and of udev's by-label: `\040`, `\x20`. */
const unescaped = (text: string): string =>
  text
    .replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    .replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Labels of the drives that RP2 boards offer in BOOTSEL mode, and those that end in BOOT (Adafruit and others). */
const bootLabel = /^(RPI-RP2|RP2350|\w+BOOT)$/;

/** A UF2 boot loader says who it is in INFO_UF2.TXT (microsoft.github.io/uf2); unmounted, its label does. */
export async function gatherDrives(tree: Tree): Promise<MachineFacts['drives']> {
  const lines = ((await tree.read('/proc/mounts')) ?? '').split('\n').map((line) => line.split(' '));
  const mounts = lines
    .filter(([, , type]) => type === 'vfat' || type === 'msdos')
    .map(([, at]) => unescaped(at ?? ''));
  const mounted = await Promise.all(
    mounts.map(async (path) => {
      const info = await tree.read(`${path}/INFO_UF2.TXT`);
      return info === undefined ? undefined : { path, board: info.replace(/\s+/g, ' ').slice(0, 200) };
    }),
  );
  const found = mounted.filter((drive) => drive !== undefined);
  if (found.length > 0) return found;
  const labels = (await tree.list('/dev/disk/by-label'))
    .map(unescaped)
    .filter((label) => bootLabel.test(label));
  return labels.map((label) => ({ path: `/dev/disk/by-label/${label}`, board: label }));
}
