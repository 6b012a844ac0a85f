import { type Check, notApplicable, ok, possible, problem } from './check.ts';
import type { Facts, Group, PortNode } from './facts.ts';
import { offer } from './fix.ts';

// Whether the port is there, and whether this person may open it.

const letters = 'rwxrwxrwx';

/** As `ls -l` writes it: `crw-rw----`. */
export function modeText({ mode, characterDevice }: PortNode): string {
  const bits = Array.from(letters, (letter, at) => (mode & (1 << (8 - at)) ? letter : '-'));
  return `${characterDevice ? 'c' : '-'}${bits.join('')}`;
}

const groupOf = ({ machine }: Facts, gid: number): Group | undefined =>
  machine.groups.find((group) => group.gid === gid);

const groupName = (facts: Facts, gid: number): string => groupOf(facts, gid)?.name ?? String(gid);

/** Listed as a member in /etc/group, whatever the process has. */
const enrolled = (facts: Facts, gid: number): boolean =>
  groupOf(facts, gid)?.members.includes(facts.machine.person.name) === true;

/** Enrolled, and the process that asks was started before that counted. */
const notSignedInAgain = (facts: Facts, gid: number): boolean => {
  const { groups, gid: own } = facts.machine.person;
  return groups !== null && enrolled(facts, gid) && gid !== own && !groups.includes(gid);
};

export const portExists: Check = {
  id: 'port-exists',
  blocks: true,
  judge: ({ machine, port: { port, node, nodeError, listed } }) => {
    if (port === null) {
      return problem(
        'this computer lists no serial port',
        'Plug the unit in. Where that changes nothing, go by the findings on driver, cable and boot loader below.',
      );
    }
    if (machine.platform === 'win32') {
      return listed
        ? ok(`${port} is listed`)
        : problem(`${port} is not listed`, 'Look in the Device Manager for the port and its driver.');
    }
    if (!node) {
      return problem(
        `${port}: ${nodeError ?? 'ENOENT'}`,
        'Check the cable and the name: "plumb devices" lists the ports, and a board may come back under another one.',
      );
    }
    if (!node.characterDevice) return problem(`${node.path} is no character device`, 'Name a serial port.');
    return ok(node.path === port ? `${port} is there` : `${port} is ${node.path}`);
  },
};

const seen = (facts: Facts, node: PortNode): string => {
  const { person } = facts.machine;
  const owner = node.uid === 0 ? 'root' : String(node.uid);
  const groups =
    person.groups?.map((gid) => groupName(facts, gid)).join(', ') ?? 'not to be seen through sudo';
  return `${modeText(node)} ${owner}:${groupName(facts, node.gid)} ${node.path}; ${person.name} has the groups ${groups}`;
};

const groupMay = ({ mode }: PortNode): boolean => (mode & 0o060) === 0o060;

export const permission: Check = {
  id: 'permission',
  blocks: true,
  judge: (facts) => {
    const { machine, port } = facts;
    const { node } = port;
    if (machine.platform === 'win32') return notApplicable('Windows has no permissions on ports');
    if (!node) return notApplicable('there is no port to look at');
    const evidence = seen(facts, node);
    if (node.mayOpen) return ok(evidence);
    if (notSignedInAgain(facts, node.gid) && groupMay(node)) {
      return problem(evidence, 'Sign out and in again; see the finding on signing in.');
    }
    // Joining root's own group would give far more than a port.
    if (groupMay(node) && node.gid !== 0) {
      const group = groupName(facts, node.gid);
      return problem(
        evidence,
        `Join the group ${group}, then sign out and in again.`,
        offer('join-group', facts),
      );
    }
    return problem(
      evidence,
      'Only its owner may open it. Install the udev rule where the port is on USB; else ask who runs this computer.',
    );
  },
};

/** The groups that own serial ports: Debian and Fedora, Arch. */
const usualGroups = ['dialout', 'uucp'];

export const signedInAgain: Check = {
  id: 'signed-in-again',
  linuxOnly: true,
  judge: (facts) => {
    const { machine, port } = facts;
    if (machine.person.groups === null)
      return notApplicable('cannot be told through sudo; ask again without it');
    const usual = machine.groups.filter(({ name }) => usualGroups.includes(name)).map(({ gid }) => gid);
    const stale = (port.node ? [port.node.gid] : usual).find((gid) => notSignedInAgain(facts, gid));
    if (stale === undefined) return ok('no group waits for a new sign-in');
    const group = groupName(facts, stale);
    const { name } = machine.person;
    const evidence = `/etc/group has ${name} in ${group}, the running session does not`;
    const remedy = `Sign out and in again (or restart); "newgrp ${group}" does for one terminal.`;
    if (port.node?.mayOpen) return ok(`${evidence}; this port opens all the same`);
    return port.node ? problem(evidence, remedy) : possible(evidence, remedy);
  },
};
