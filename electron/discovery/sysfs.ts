import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PortInfo } from '../transport/transport.ts';

const serialName = /^(ttyS|ttyACM|ttyUSB|ttyAMA|ttyXRUSB|ttyWCH|ttyMFD|ttyO|rfcomm)\d+$/;

const readText = (path: string): Promise<string | undefined> =>
  readFile(path, 'latin1').then(
    (text) => text.trim() || undefined,
    () => undefined,
  );

/**
 * The kernel creates ttyS0..31 whether or not there is a chip; type 0 is "no such UART"
 * (Linux Documentation/ABI/testing/sysfs-tty, PORT_UNKNOWN).
 */
export async function isPhantom(name: string, ttyFolder: string): Promise<boolean> {
  return (await readText(join(ttyFolder, name, 'type'))) === '0';
}

/** The USB device that a tty belongs to is the nearest folder upwards that has an `idVendor`. */
async function usbFacts(ttyDevice: string): Promise<Partial<PortInfo>> {
  let folder = ttyDevice;
  for (let up = 0; up < 6; up += 1) {
    const vendorId = await readText(join(folder, 'idVendor'));
    if (vendorId) {
      const [productId, serialNumber, manufacturer, product] = await Promise.all(
        ['idProduct', 'serial', 'manufacturer', 'product'].map((name) => readText(join(folder, name))),
      );
      return { vendorId, productId, serialNumber, manufacturer, product };
    }
    folder = dirname(folder);
  }
  return {};
}

/** Serial ports as the kernel lists them, for Linux without udev. An unreadable folder is an empty list. */
export async function listFromKernel(ttyFolder = '/sys/class/tty'): Promise<PortInfo[]> {
  const names = await readdir(ttyFolder).catch(() => []);
  const ports: PortInfo[] = [];
  for (const name of names.filter((each) => serialName.test(each)).sort()) {
    const device = await realpath(join(ttyFolder, name, 'device')).catch(() => undefined);
    if (!device || (await isPhantom(name, ttyFolder))) continue;
    ports.push({ port: `/dev/${name}`, kind: 'serial', ...(await usbFacts(device)) });
  }
  return ports;
}
