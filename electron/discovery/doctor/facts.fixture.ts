import type { Check, Verdict } from './check.ts';
import type { Contact, Facts, MachineFacts, PortFacts, PortNode, UsbDevice } from './facts.ts';

// A Debian computer on which all is well, and what may be changed on it.

export const pico: UsbDevice = {
  vendorId: '2e8a',
  productId: '0005',
  product: 'Board in FS mode',
  interfaces: [
    { class: '02', driver: 'cdc_acm' },
    { class: '0a', driver: 'cdc_acm' },
  ],
  terminals: ['ttyACM0'],
};

export const ch340: UsbDevice = {
  vendorId: '1a86',
  productId: '7523',
  product: 'USB Serial',
  interfaces: [{ class: 'ff', driver: 'ch341' }],
  terminals: ['ttyUSB0'],
};

export const node: PortNode = {
  path: '/dev/ttyACM0',
  characterDevice: true,
  mode: 0o660,
  uid: 0,
  gid: 20,
  mayOpen: true,
};

export const machine: MachineFacts = {
  platform: 'linux',
  person: { name: 'ada', uid: 1000, gid: 1000, groups: [1000, 20] },
  groups: [
    { name: 'root', gid: 0, members: [] },
    { name: 'dialout', gid: 20, members: ['ada'] },
    { name: 'ada', gid: 1000, members: [] },
  ],
  udev: {
    installed: true,
    running: true,
    rule: { path: '/etc/udev/rules.d/60-plumbline.rules', same: true },
    covers: [
      { vendorId: '2e8a', productIds: [] },
      { vendorId: '1a86', productIds: ['7523', '55d4'] },
    ],
  },
  processes: [{ pid: 1, name: 'systemd' }],
  brltty: null,
  usb: [pico],
  drives: [],
  rule: { source: 'resources/linux/60-plumbline.rules', target: '/etc/udev/rules.d/60-plumbline.rules' },
};

export const port: PortFacts = {
  port: '/dev/ttyACM0',
  kind: 'serial',
  listed: null,
  node,
  nodeError: null,
  usb: pico,
  holders: [],
  hidden: 0,
  locks: [],
};

export const noPort: Partial<PortFacts> = { node: null, nodeError: 'ENOENT', usb: null };

export interface Changes {
  machine?: Partial<MachineFacts>;
  port?: Partial<PortFacts>;
  contact?: Contact;
}

export const factsWith = (changes: Changes = {}): Facts => ({
  machine: { ...machine, ...changes.machine },
  port: { ...port, ...changes.port },
  contact: changes.contact ?? { state: 'not-tried', why: 'not yet' },
});

export const look = (check: Check, changes: Changes = {}): Verdict => check.judge(factsWith(changes));
