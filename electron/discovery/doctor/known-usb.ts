import type { UsbDevice } from './facts.ts';

type Ids = Pick<UsbDevice, 'vendorId' | 'productId'>;

export const idsOf = ({ vendorId, productId }: Ids): string => `${vendorId}:${productId}`;

export const nameOf = (device: UsbDevice): string =>
  `USB ${idsOf(device)}${device.product ? ` "${device.product}"` : ''}`;

/**
 * Ids that only a boot loader has. 2e8a:000f, 303a:0002 and 0483:df11 were looked up; the others are as commonly
 * known and still to be checked against usb.ids and the boards.txt of the Arduino cores.
 */
const bootloaders: ReadonlyMap<string, string> = new Map([
  ['2e8a:0003', 'RP2040 in BOOTSEL mode'],
  ['2e8a:000f', 'RP2350 in BOOTSEL mode'],
  ['303a:0002', 'ESP32-S2 in its ROM boot loader'],
  ['0483:df11', 'STM32 in DFU mode'],
  ['2341:0036', 'Arduino Leonardo boot loader'],
  ['2341:0037', 'Arduino Micro boot loader'],
  ['2a03:0036', 'Arduino Leonardo boot loader'],
  ['2a03:0037', 'Arduino Micro boot loader'],
  ['2341:004d', 'Arduino Zero boot loader'],
  ['4348:55e0', 'WCH chip in its ROM boot loader'],
  ['16d0:0753', 'micronucleus boot loader'],
]);

/** Adafruit and Seeed give boot loaders a product id below 0x8000 and the program on the same board 0x8000 more. */
const halvesItsProducts = new Set(['239a', '2886']);

/**
 * A boot loader for certain, or one that the ids leave open. 303a:1001 is the USB part of ESP32-C3 and later: it
 * answers under the same ids in the ROM boot loader and while MicroPython runs.
 */
export function bootloaderOf(device: Ids): { name: string; certain: boolean } | undefined {
  const ids = idsOf(device);
  const name = bootloaders.get(ids);
  if (name) return { name, certain: true };
  if (ids === '303a:1001')
    return { name: 'ESP32 with USB-JTAG, in its program or in its ROM', certain: false };
  if (halvesItsProducts.has(device.vendorId) && Number.parseInt(device.productId, 16) < 0x8000) {
    return { name: 'UF2 boot loader, going by the number', certain: false };
  }
  return undefined;
}

/** The kernel's driver of the chips between USB and UART (linux drivers/usb/serial). */
const bridgeDrivers: Readonly<Record<string, string>> = {
  '10c4': 'cp210x',
  '1a86': 'ch341',
  '0403': 'ftdi_sio',
  '067b': 'pl2303',
};

/** The driver that should have made a terminal of this device; undefined where its program may offer none. */
export function driverOf({ vendorId, interfaces }: UsbDevice): string | undefined {
  // 02 is the communications class, which the kernel serves with one driver for all (usb.org, defined class codes).
  if (interfaces.some((each) => each.class === '02')) return 'cdc_acm';
  return bridgeDrivers[vendorId];
}

/** Boards whose reset is wired to DTR, which the operating system raises whenever a port is opened. */
export const restartsWhenOpened = ({ vendorId }: { vendorId?: string }): boolean =>
  vendorId === undefined || ['2341', '2a03', ...Object.keys(bridgeDrivers)].includes(vendorId);
