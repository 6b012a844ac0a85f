import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MachineFacts, PortFacts } from './facts.ts';
import { coveredBy, gatherMachine, type Identity } from './gather-machine.ts';
import { gatherPort } from './gather-port.ts';
import { ada, debian, makeTree, ruleSource } from './tree.fixture.ts';
import { Tree } from './tree.ts';

async function gather(
  files: Readonly<Record<string, string>>,
  identity: Identity = ada,
  port: string | null = '/dev/ttyACM0',
): Promise<{ base: string; machine: MachineFacts; port: PortFacts }> {
  const base = await makeTree(files);
  const tree = new Tree(base);
  const rule = { source: ruleSource, text: await readFile(ruleSource, 'utf8') };
  const machine = await gatherMachine({ tree, platform: 'linux', identity, rule });
  return { base, machine, port: await gatherPort(tree, port, machine, null) };
}

test('a Debian computer is seen as it is', async () => {
  const { base, machine } = await gather(debian);
  expect(machine).toMatchObject({
    person: { name: 'ada', uid: 1000, gid: 1000, groups: [1000] },
    udev: { installed: true, running: true, rule: null },
    processes: [
      { pid: 1, name: 'systemd' },
      { pid: 321, name: 'minicom' },
    ],
    brltty: { path: '/usr/lib/udev/rules.d/85-brltty.rules', claims: ['1a86/7523'] },
    drives: [{ path: '/media/ada/RPI RP2', board: 'UF2 Bootloader v3.0 Model: Raspberry Pi RP2 ' }],
    rule: { target: join(base, 'etc/udev/rules.d/60-plumbline.rules') },
  });
  expect(machine.groups).toContainEqual({ name: 'dialout', gid: 20, members: ['ada', 'bob'] });
  expect(
    machine.usb?.map(({ vendorId, interfaces, terminals }) => [vendorId, interfaces, terminals]),
  ).toEqual([
    ['2e8a', [{ class: '02', driver: 'cdc_acm' }], ['ttyACM0']],
    ['1a86', [{ class: 'ff', driver: 'usbfs' }], []],
    ['0403', [{ class: 'ff', driver: '' }], ['ttyUSB0']],
    ['1d6b', [], []],
  ]);
});

test.each(['/dev/ttyACM0', '/dev/serial/by-id/pico'])(
  'the port %s is seen with who holds it',
  async (name) => {
    const { port } = await gather(debian, ada, name);
    expect(port).toMatchObject({
      port: name,
      node: { path: '/dev/ttyACM0', characterDevice: false },
      usb: { vendorId: '2e8a' },
      holders: [{ pid: 321, name: 'minicom' }],
      hidden: 0,
      // /var/lock is the same folder: one lock, not two.
      locks: [{ path: '/run/lock/LCK..ttyACM0', pid: 321 }],
    });
  },
);

test('this very process is not another one', async () => {
  const own = `/proc/${process.pid}`;
  const { port } = await gather({ ...debian, [`${own}/comm`]: 'node', [`${own}/fd/9`]: '-> /dev/ttyACM0' });
  expect(port.holders.map(({ name }) => name)).toEqual(['minicom']);
});

test.each([
  ['its own', '5', []],
  ['another', '55', [{ pid: 321, name: 'minicom' }]],
])('the far end of a pseudo-terminal does not hold it: %s', async (_name, index, holders) => {
  const { port } = await gather(
    {
      ...debian,
      '/dev/pts/5': '',
      '/proc/321/fd/7': '-> /dev/pts/5',
      '/proc/321/fd/8': '-> /dev/ptmx',
      '/proc/321/fdinfo/8': `pos:\t0\nflags:\t0100002\ntty-index:\t${index}\n`,
    },
    ada,
    '/dev/pts/5',
  );
  expect(port.holders).toEqual(holders);
});

test('what is not there is a fact too', async () => {
  const { machine, port } = await gather({ '/etc/hostname': 'x' });
  expect(machine).toMatchObject({
    person: { name: '1000' },
    groups: [],
    udev: { installed: false, running: false, rule: null },
    processes: [],
    brltty: null,
    usb: null,
    drives: [],
  });
  expect(port).toMatchObject({ node: null, nodeError: 'ENOENT', usb: null, holders: [], locks: [] });
});

test('the rule that udev goes by is the first of its name, and a masked one is another version', async () => {
  const ours = await readFile(ruleSource, 'utf8');
  const [etc, lib] = ['/etc/udev/rules.d', '/usr/lib/udev/rules.d'].map(
    (folder) => `${folder}/60-plumbline.rules`,
  );
  const seen = async (files: Record<string, string>) => (await gather(files)).machine.udev.rule;
  expect(await seen({ [String(lib)]: ours })).toEqual({ path: lib, same: true });
  expect(await seen({ [String(etc)]: '', [String(lib)]: ours })).toEqual({ path: etc, same: false });
});

test('our own rule is read with its ids', async () => {
  const covers = coveredBy(await readFile(ruleSource, 'utf8'));
  expect(covers).toContainEqual({ vendorId: '2e8a', productIds: [] });
  expect(covers).toContainEqual({ vendorId: '1a86', productIds: ['7523', '55d4'] });
  expect(covers).toHaveLength(9);
});

test.each([
  ['text, as the standard has it', '       321\n', 321],
  ['four bytes of a number', '\u0041\u0001\u0000\u0000', 321],
  ['anything else', 'minicom', null],
])('a lock file may hold %s', async (_name, content, pid) => {
  const { port } = await gather({ ...debian, '/run/lock/LCK..ttyACM0': content });
  expect(port.locks).toEqual([{ path: '/run/lock/LCK..ttyACM0', pid }]);
});

test('a boot drive that is not mounted is known by its label', async () => {
  const files = { '/dev/disk/by-label/RPI-RP2': '', '/dev/disk/by-label/HOME': '' };
  expect((await gather(files)).machine.drives).toEqual([
    { path: '/dev/disk/by-label/RPI-RP2', board: 'RPI-RP2' },
  ]);
});

test('through sudo it is about who called, as the group file has them', async () => {
  const root: Identity = { uid: 0, gid: 0, groups: [0], sudoUid: 1000 };
  const { machine, port } = await gather(debian, root);
  expect(machine.person).toEqual({ name: 'ada', uid: 1000, gid: 1000, groups: null });
  const { mode, uid, gid, mayOpen } = port.node ?? { mode: 0, uid: 0, gid: 0, mayOpen: null };
  // The file belongs to whoever runs this test: ada may as far as everybody may.
  const everybody = uid !== 1000 && ![20, 1000].includes(gid);
  expect(mayOpen).toBe(everybody ? (mode & 0o6) === 0o6 : mayOpen);
});

test('without a port only the computer is looked at', async () => {
  expect((await gather(debian, ada, null)).port).toMatchObject({
    port: null,
    node: null,
    holders: [],
    locks: [],
  });
  const tcp = (await gather(debian, ada, 'tcp:10.0.0.5:5025')).port;
  expect(tcp).toMatchObject({ kind: 'tcp', node: null, nodeError: null });
});
