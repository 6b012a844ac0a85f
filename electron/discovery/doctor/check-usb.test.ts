import { describe, expect, test } from 'vitest';
import { lockFile, portHeld } from './check-held.ts';
import { bootloader, chargeOnlyCable, driver } from './check-usb.ts';
import { type Changes, ch340, look, machine, noPort, pico } from './facts.fixture.ts';
import type { UsbDevice } from './facts.ts';

const bare = (device: UsbDevice): UsbDevice => ({
  ...device,
  interfaces: device.interfaces.map((each) => ({ ...each, driver: '' })),
  terminals: [],
});
const hub: UsbDevice = {
  ...pico,
  vendorId: '1d6b',
  productId: '0002',
  product: 'xHCI',
  terminals: [],
  interfaces: [],
};
const bootsel: UsbDevice = {
  ...bare(pico),
  productId: '0003',
  interfaces: [{ class: '08', driver: 'usb-storage' }],
};
const jtag: UsbDevice = { ...pico, vendorId: '303a', productId: '1001' };
const gone = (...usb: UsbDevice[]): Changes => ({ machine: { usb }, port: noPort });

type Row = [string, Changes, string, RegExp];

describe('port-held', () => {
  test.each<Row>([
    ['by nobody', {}, 'ok', /^no process has \/dev\/ttyACM0 open$/],
    ['by nobody that can be seen', { port: { hidden: 12 } }, 'ok', /12 processes of other users/],
    [
      'by a terminal program',
      { port: { holders: [{ pid: 7, name: 'minicom' }] } },
      'problem',
      /minicom \(process 7\)/,
    ],
    ['no port', { port: noPort }, 'not-applicable', /no port/],
  ])('%s', (_name, changes, state, evidence) => {
    expect(look(portHeld, changes)).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });
});

describe('lock-file', () => {
  const lock = { path: '/run/lock/LCK..ttyACM0', pid: 7 };
  test.each<Row>([
    ['none', {}, 'ok', /no lock file/],
    [
      'of a process that lives',
      { machine: { processes: [{ pid: 7, name: 'cu' }] }, port: { locks: [lock] } },
      'problem',
      /of cu \(process 7\)/,
    ],
    ['of a process that is gone', { port: { locks: [lock] } }, 'possible', /process 7, which is gone/],
    ['that cannot be read', { port: { locks: [{ ...lock, pid: null }] } }, 'possible', /no process/],
    [
      'one gone, one alive',
      { machine: { processes: [{ pid: 8, name: 'cu' }] }, port: { locks: [lock, { ...lock, pid: 8 }] } },
      'problem',
      /process 8/,
    ],
  ])('%s', (_name, changes, state, evidence) => {
    expect(look(lockFile, changes)).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });
});

describe('driver', () => {
  test.each<Row>([
    ['has made the port', {}, 'ok', /has its driver/],
    [
      'of a CH340 is missing',
      gone(hub, bare(ch340)),
      'problem',
      /1a86:7523 "USB Serial" .* bound to nothing/,
    ],
    ['of a Pico is missing', gone(bare(pico)), 'problem', /2e8a:0005/],
    [
      'the program offers no port',
      gone({ ...bare(pico), interfaces: [] }),
      'possible',
      /offers no serial port/,
    ],
    ['another board has its port', gone(hub, pico), 'ok', /no known board/],
    ['a boot loader needs none', gone(bootsel), 'ok', /no known board/],
    ['an instrument without a port', gone({ ...bare(pico), vendorId: '0957' }), 'ok', /no known board/],
    ['no USB to be seen', { machine: { usb: null }, port: noPort }, 'not-applicable', /no USB/],
  ])('%s', (_name, changes, state, evidence) => {
    expect(look(driver, changes)).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });

  test.each([
    [bare(ch340), 'ch341'],
    [bare(pico), 'cdc_acm'],
    [{ ...bare(ch340), vendorId: '10c4', productId: 'ea60' }, 'cp210x'],
    [{ ...bare(ch340), vendorId: '0403', productId: '6001' }, 'ftdi_sio'],
  ])('names the module to load', (device, module) => {
    expect(look(driver, gone(device)).remedy).toContain(`"sudo modprobe ${module}"`);
  });
});

describe('charge-only-cable', () => {
  test.each<Row>([
    ['the port came through it', {}, 'ok', /came through/],
    ['nothing came', gone(hub, pico), 'possible', /2 USB devices/],
    ['a board without a port came', gone(hub, bare(ch340)), 'ok', /1a86:7523/],
    ['a boot loader came', gone(bootsel), 'ok', /2e8a:0003/],
    ['nobody knows', { machine: { usb: null }, port: noPort }, 'possible', /cannot be looked at/],
  ])('%s', (_name, changes, state, evidence) => {
    expect(look(chargeOnlyCable, changes)).toMatchObject({
      state,
      evidence: expect.stringMatching(evidence),
    });
  });
});

describe('bootloader', () => {
  const drives = [{ path: '/media/ada/RPI-RP2', board: 'Model: Raspberry Pi RP2' }];
  const listed = {
    port: 'COM4',
    kind: 'serial',
    looksLike: 'unit',
    vendorId: '2341',
    productId: '0036',
  } as const;
  test.each<Row>([
    ['none', {}, 'ok', /is no boot loader/],
    ['a Pico in BOOTSEL', gone(hub, bootsel), 'problem', /RP2040 in BOOTSEL/],
    ['a UF2 drive', { machine: { drives, usb: null }, port: noPort }, 'problem', /RPI-RP2.*Raspberry Pi RP2/],
    [
      'this port is a Leonardo’s',
      { port: { usb: { ...pico, vendorId: '2341', productId: '0036' } } },
      'problem',
      /Leonardo/,
    ],
    [
      'Windows lists a Leonardo’s',
      { machine: { platform: 'win32' }, port: { ...noPort, listed } },
      'problem',
      /Leonardo/,
    ],
    ['ESP32 with USB-JTAG may be either', { port: { usb: jtag } }, 'possible', /303a:1001/],
    [
      'by Adafruit’s numbers',
      { port: { usb: { ...pico, vendorId: '239a', productId: '0029' } } },
      'possible',
      /UF2/,
    ],
    [
      'Adafruit’s program',
      { port: { usb: { ...pico, vendorId: '239a', productId: '8029' } } },
      'ok',
      /no boot/,
    ],
    ['another board’s, while this port is there', { machine: { drives, usb: [bootsel] } }, 'ok', /no boot/],
    ['no USB to be seen', { machine: { usb: null }, port: noPort }, 'not-applicable', /cannot/],
    ['nothing known', { machine: { ...machine, usb: [hub] }, port: noPort }, 'ok', /no boot loader/],
  ])('%s', (_name, changes, state, evidence) => {
    expect(look(bootloader, changes)).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });
});
