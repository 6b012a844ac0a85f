import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Identity } from './gather-machine.ts';

/** The rule that we bring. */
export const ruleSource = fileURLToPath(
  new URL('../../../resources/linux/60-plumbline.rules', import.meta.url),
);

export const ada: Identity = { uid: 1000, gid: 1000, groups: [1000], sudoUid: undefined };

/** A made-up system: path -> content, or `-> target` for a link. Gone when the test has ended. */
export async function makeTree(files: Readonly<Record<string, string>>): Promise<string> {
  const base = await mkdtemp(join(tmpdir(), 'plumbline-tree-'));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    const at = join(base, path);
    await mkdir(dirname(at), { recursive: true });
    if (content.startsWith('-> ')) await symlink(content.slice(3), at);
    else await writeFile(at, content);
  }
  return base;
}

/** A Debian computer with a Pico on ttyACM0, a CH340 that has lost its driver, and a hub. */
export const debian: Readonly<Record<string, string>> = {
  '/etc/passwd': 'root:x:0:0:root:/:/bin/sh\nada:x:1000:1000::/:/bin/sh\n',
  '/etc/group': 'root:x:0:\ndialout:x:20:ada,bob\nada:x:1000:\n',
  '/etc/udev/udev.conf': '',
  '/run/udev/control': '',
  '/run/lock/LCK..ttyACM0': '       321\n',
  '/var/lock': '-> ../run/lock',
  '/usr/lib/udev/rules.d/85-brltty.rules':
    '# ENV{PRODUCT}=="10c4/ea60/*", GOTO="x"\nENV{PRODUCT}=="1a86/7523/*", ENV{X}="bm"\n',
  '/dev/ttyACM0': '',
  '/dev/serial/by-id/pico': '-> ../../ttyACM0',
  '/sys/bus/usb/devices/usb1/idVendor': '1d6b\n',
  '/sys/bus/usb/devices/usb1/idProduct': '0002\n',
  '/sys/bus/usb/devices/1-1/idVendor': '2e8a\n',
  '/sys/bus/usb/devices/1-1/idProduct': '0005\n',
  '/sys/bus/usb/devices/1-1/product': 'Board in FS mode\n',
  '/sys/bus/usb/devices/1-1:1.0/bInterfaceClass': '02\n',
  '/sys/bus/usb/devices/1-1:1.0/driver': '-> ../../../../bus/usb/drivers/cdc_acm',
  '/sys/bus/usb/devices/1-1:1.0/tty/ttyACM0/dev': '166:0\n',
  '/sys/bus/usb/devices/1-2/idVendor': '1a86\n',
  '/sys/bus/usb/devices/1-2/idProduct': '7523\n',
  '/sys/bus/usb/devices/1-2:1.0/bInterfaceClass': 'ff\n',
  '/sys/bus/usb/devices/1-2:1.0/driver': '-> ../../../../bus/usb/drivers/usbfs',
  '/sys/bus/usb/devices/1-3/idVendor': '0403\n',
  '/sys/bus/usb/devices/1-3/idProduct': '6001\n',
  '/sys/bus/usb/devices/1-3:1.0/bInterfaceClass': 'ff\n',
  '/sys/bus/usb/devices/1-3:1.0/ttyUSB0/tty/ttyUSB0/dev': '188:0\n',
  '/proc/1/comm': 'systemd\n',
  '/proc/321/comm': 'minicom\n',
  '/proc/321/fd/0': '-> /dev/pts/1',
  '/proc/321/fd/3': '-> /dev/ttyACM0',
  '/proc/meminfo': '',
  '/proc/mounts': 'proc /proc proc rw 0 0\n/dev/sdb1 /media/ada/RPI\\040RP2 vfat rw 0 0\n',
  '/media/ada/RPI RP2/INFO_UF2.TXT': 'UF2 Bootloader v3.0\r\nModel: Raspberry Pi RP2\r\n',
};
