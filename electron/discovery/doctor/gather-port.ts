import { constants, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import { errnoOf } from '../../transport/connection.ts';
import type { Lock, MachineFacts, Person, PortFacts, PortNode, Process } from './facts.ts';
import type { Tree } from './tree.ts';

const kindOf = (port: string): PortInfo['kind'] =>
  port.startsWith('tcp:') ? 'tcp' : port.startsWith('bench:') ? 'simulated' : 'serial';

/** By the mode alone, for a person who is not this process: owner, else group, else the rest (path_resolution(7)). */
function mayByMode(found: Stats, person: Person, groups: readonly number[]): boolean {
  const shift = found.uid === person.uid ? 6 : groups.includes(found.gid) ? 3 : 0;
  return ((found.mode >> shift) & 0o6) === 0o6;
}

async function mayOpen(path: string, found: Stats, machine: MachineFacts): Promise<boolean> {
  const { person, groups } = machine;
  // Asked of the kernel, because an access list (udev's uaccess) does not show in the mode.
  if (person.groups !== null) {
    return access(path, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    );
  }
  const enrolled = groups.filter(({ members }) => members.includes(person.name)).map(({ gid }) => gid);
  return mayByMode(found, person, [person.gid, ...enrolled]);
}

async function gatherNode(
  tree: Tree,
  port: string,
  machine: MachineFacts,
): Promise<Pick<PortFacts, 'node' | 'nodeError'>> {
  try {
    const at = tree.at(port);
    const found = await stat(at);
    const node: PortNode = {
      path: (await tree.real(port)) ?? port,
      characterDevice: found.isCharacterDevice(),
      mode: found.mode & 0o777,
      uid: found.uid,
      gid: found.gid,
      mayOpen: await mayOpen(at, found, machine),
    };
    return { node, nodeError: null };
  } catch (error) {
    return { node: null, nodeError: errnoOf(error) ?? 'unreadable' };
  }
}

/**
 * The program that made a pseudo-terminal is its far end and not somebody who holds it, also where it keeps the near
 * end open, as socat does. The kernel says which terminal an open /dev/ptmx belongs to (proc_pid_fdinfo(5)).
 */
async function isFarEnd(tree: Tree, path: string, pid: number, masters: readonly string[]): Promise<boolean> {
  const index = /^\/dev\/pts\/(\d+)$/.exec(path)?.[1];
  if (index === undefined) return false;
  const facts = await Promise.all(masters.map((file) => tree.read(`/proc/${pid}/fdinfo/${file}`)));
  return facts.some((text) =>
    text?.split('\n').some((line) => /^tty-index:\s*(\d+)$/.exec(line)?.[1] === index),
  );
}

async function gatherHolders(
  tree: Tree,
  path: string,
  processes: readonly Process[],
): Promise<Pick<PortFacts, 'holders' | 'hidden'>> {
  const holders: Process[] = [];
  let hidden = 0;
  for (const each of processes) {
    if (each.pid === process.pid) continue;
    const files = await tree.listIfAllowed(`/proc/${each.pid}/fd`);
    if (files === undefined) {
      hidden += 1;
      continue;
    }
    const links = await Promise.all(files.map((file) => tree.link(`/proc/${each.pid}/fd/${file}`)));
    const masters = files.filter((_, at) => /^\/dev\/(?:pts\/)?ptmx$/.test(links[at] ?? ''));
    if (links.includes(path) && !(await isFarEnd(tree, path, each.pid, masters))) holders.push(each);
  }
  return { holders, hidden };
}

/** Where programs put their lock files (FHS 3.0 §5.9, and older systems). */
const lockFolders = ['/run/lock', '/var/lock', '/var/spool/lock', '/var/spool/uucp'];

/** Text of ten characters (FHS), or four bytes of a number (older UUCP). */
function pidIn(content: string): number | null {
  const text = /^\s*(\d{1,10})\s*$/.exec(content.split('\n')[0] ?? '')?.[1];
  if (text) return Number(text);
  const bytes = Buffer.from(content, 'utf8');
  return bytes.length === 4 ? bytes.readInt32LE() : null;
}

async function gatherLocks(tree: Tree, names: readonly string[]): Promise<Lock[]> {
  const folders = await Promise.all(lockFolders.map((folder) => tree.real(folder)));
  const paths = new Set(
    folders
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => names.map((name) => `${folder}/LCK..${name}`)),
  );
  const locks = await Promise.all(
    [...paths].map(async (path) => {
      const content = await tree.read(path);
      return content === undefined ? undefined : { path, pid: pidIn(content) };
    }),
  );
  return locks.filter((lock) => lock !== undefined);
}

/** Everything about one port that can be seen without opening it. */
export async function gatherPort(
  tree: Tree,
  port: string | null,
  machine: MachineFacts,
  listed: PortInfo | null,
): Promise<PortFacts> {
  const nothing: PortFacts = {
    port,
    kind: port === null ? 'serial' : kindOf(port),
    listed,
    node: null,
    nodeError: null,
    usb: null,
    holders: [],
    hidden: 0,
    locks: [],
  };
  if (port === null || nothing.kind !== 'serial' || machine.platform === 'win32') return nothing;
  const found = await gatherNode(tree, port, machine);
  const names = new Set([basename(port), ...(found.node ? [basename(found.node.path)] : [])]);
  const held = found.node ? await gatherHolders(tree, found.node.path, machine.processes) : {};
  const usb = machine.usb?.find(({ terminals }) => terminals.some((name) => names.has(name))) ?? null;
  return { ...nothing, ...found, ...held, usb, locks: await gatherLocks(tree, [...names]) };
}
