import type { Covered, Group, MachineFacts, Person, Process } from './facts.ts';
import { gatherDrives, gatherUsb } from './gather-usb.ts';
import type { Tree } from './tree.ts';

/** Who runs this process, as Node tells it; `sudoUid` where root acts for somebody. */
export interface Identity {
  uid: number;
  gid: number;
  groups: readonly number[];
  sudoUid: number | undefined;
}

export function ownIdentity(): Identity {
  const uid = process.geteuid?.() ?? -1;
  const sudoUid = Number(process.env.SUDO_UID);
  return {
    uid,
    gid: process.getegid?.() ?? -1,
    groups: process.getgroups?.() ?? [],
    sudoUid: uid === 0 && process.env.SUDO_UID !== undefined && sudoUid > 0 ? sudoUid : undefined,
  };
}

const fieldsOf = (text: string | undefined): string[][] =>
  (text ?? '')
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => line.split(':'));

async function gatherPerson(tree: Tree, identity: Identity): Promise<Person> {
  const uid = identity.sudoUid ?? identity.uid;
  const entry = fieldsOf(await tree.read('/etc/passwd')).find(([, , each]) => Number(each) === uid);
  const name = entry?.[0] ?? String(uid);
  if (identity.sudoUid !== undefined) return { name, uid, gid: Number(entry?.[3] ?? -1), groups: null };
  return { name, uid, gid: identity.gid, groups: identity.groups };
}

async function gatherGroups(tree: Tree): Promise<Group[]> {
  return fieldsOf(await tree.read('/etc/group')).map(([name = '', , gid, members = '']) => ({
    name,
    gid: Number(gid),
    members: members.split(',').filter(Boolean),
  }));
}

/** Command names as the kernel keeps them: 15 characters, never the arguments, which may hold secrets. */
export async function gatherProcesses(tree: Tree): Promise<Process[]> {
  const pids = (await tree.list('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const named = await Promise.all(
    pids.map(async (pid) => ({ pid, name: (await tree.line(`/proc/${pid}/comm`)) ?? '?' })),
  );
  return named.sort((a, b) => a.pid - b.pid);
}

/** In the order in which udev looks (udev(7)): the first file of a name counts. */
const ruleFolders = ['/etc/udev/rules.d', '/run/udev/rules.d', '/usr/lib/udev/rules.d', '/lib/udev/rules.d'];
const ruleName = '60-plumbline.rules';

/** Which ids the lines of our rule name. */
export function coveredBy(rule: string): Covered[] {
  const lines = rule.split('\n').filter((line) => !line.startsWith('#'));
  return lines.flatMap((line) => {
    const vendorId = /ATTRS\{idVendor\}=="([0-9a-f]{4})"/.exec(line)?.[1];
    const products = /ATTRS\{idProduct\}=="([0-9a-f|]+)"/.exec(line)?.[1];
    return vendorId ? [{ vendorId, productIds: products?.split('|') ?? [] }] : [];
  });
}

async function gatherUdev(tree: Tree, ours: string): Promise<MachineFacts['udev']> {
  const present = await Promise.all(
    ['/etc/udev', '/usr/lib/udev', '/lib/udev'].map((path) => tree.exists(path)),
  );
  let rule: MachineFacts['udev']['rule'] = null;
  for (const folder of ruleFolders) {
    const path = `${folder}/${ruleName}`;
    const text = await tree.read(path);
    if (text === undefined) continue;
    rule = { path, same: text === ours };
    break;
  }
  return {
    installed: present.includes(true),
    // The daemon's own folder; packages make the others, also where nothing runs.
    running: await tree.exists('/run/udev'),
    rule,
    covers: coveredBy(ours),
  };
}

async function gatherBrltty(tree: Tree): Promise<MachineFacts['brltty']> {
  const seen = new Set<string>();
  for (const folder of ruleFolders) {
    for (const name of (await tree.list(folder)).filter((each) => each.includes('brltty'))) {
      if (seen.has(name)) continue;
      seen.add(name);
      const rule = (await tree.read(`${folder}/${name}`)) ?? '';
      const active = rule.split('\n').filter((line) => !line.trimStart().startsWith('#'));
      const claims = active.join('\n').matchAll(/ENV\{PRODUCT\}=="([0-9a-f]{1,4})\/([0-9a-f]{1,4})\//g);
      const list = [...claims].map(([, vendor = '', product = '']) =>
        [vendor, product].map((id) => id.padStart(4, '0')).join('/'),
      );
      // A rule that is masked (empty, or a link to nothing) claims nothing.
      if (list.length > 0) return { path: `${folder}/${name}`, claims: list };
    }
  }
  for (const path of ['/usr/bin/brltty', '/sbin/brltty', '/bin/brltty']) {
    if (await tree.exists(path)) return { path, claims: [] };
  }
  return null;
}

export interface MachineOptions {
  tree: Tree;
  platform: NodeJS.Platform;
  identity: Identity;
  /** Our udev rule: where its file lies in the resources, and what is in it. */
  rule: { source: string; text: string };
}

/** Everything about this computer that does not depend on one port. Nothing is opened or changed. */
export async function gatherMachine({
  tree,
  platform,
  identity,
  rule,
}: MachineOptions): Promise<MachineFacts> {
  const [person, groups, udev, processes, brltty, usb, drives] = await Promise.all([
    gatherPerson(tree, identity),
    gatherGroups(tree),
    gatherUdev(tree, rule.text),
    gatherProcesses(tree),
    gatherBrltty(tree),
    gatherUsb(tree),
    gatherDrives(tree),
  ]);
  const target = tree.at(`${ruleFolders[0]}/${ruleName}`);
  return {
    platform,
    person,
    groups,
    udev,
    processes,
    brltty,
    usb,
    drives,
    rule: { source: rule.source, target },
  };
}
