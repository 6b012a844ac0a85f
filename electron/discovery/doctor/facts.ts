import type { PortInfo } from '../../../shared/contract/devices.ts';
import type { FailureRecord } from '../../../shared/contract/failure.ts';

// What the gatherers bring home and the checks decide on: plain data, nothing else.

/** For whom the port has to open: the user of this process, or who called it through sudo. */
export interface Person {
  name: string;
  uid: number;
  gid: number;
  /** The groups that count now; null where the process is root on behalf of somebody and they cannot be seen. */
  groups: readonly number[] | null;
}

/** A line of /etc/group. */
export interface Group {
  name: string;
  gid: number;
  members: readonly string[];
}

export interface Process {
  pid: number;
  name: string;
}

export interface UsbDevice {
  vendorId: string;
  productId: string;
  product: string;
  interfaces: readonly {
    /** Two hex digits (usb.org, defined class codes). */ class: string;
    driver: string;
  }[];
  /** Names of the terminals that it gave, such as `ttyACM0`. */
  terminals: readonly string[];
}

/** A line of our udev rule: these ids. No products is all of the vendor. */
export interface Covered {
  vendorId: string;
  productIds: readonly string[];
}

export interface MachineFacts {
  platform: NodeJS.Platform;
  person: Person;
  groups: readonly Group[];
  udev: {
    installed: boolean;
    running: boolean;
    /** Our rule as it lies there, null where there is none; `same` when it is the one that we bring. */
    rule: { path: string; same: boolean } | null;
    covers: readonly Covered[];
  };
  processes: readonly Process[];
  /** brltty's udev rule or program, null where there is none; `claims` as its rules write them: `1a86/7523`. */
  brltty: { path: string; claims: readonly string[] } | null;
  /** Null where the kernel shows no USB. */
  usb: readonly UsbDevice[] | null;
  /** Drives of UF2 boot loaders that are mounted or offered. */
  drives: readonly { path: string; board: string }[];
  /** Where our rule comes from and where it goes to. */
  rule: { source: string; target: string };
}

export interface PortNode {
  /** With every link followed. */
  path: string;
  /** A serial port is a character device. */
  characterDevice: boolean;
  mode: number;
  uid: number;
  gid: number;
  /** The person may read and write it. */
  mayOpen: boolean;
}

export interface Lock {
  path: string;
  pid: number | null;
}

export interface PortFacts {
  /** Null: no port was named and none is there. */
  port: string | null;
  kind: PortInfo['kind'];
  listed: PortInfo | null;
  node: PortNode | null;
  /** Why the node could not be looked at: `ENOENT`. */
  nodeError: string | null;
  usb: UsbDevice | null;
  holders: readonly Process[];
  /** Processes that cannot be looked into without root. */
  hidden: number;
  locks: readonly Lock[];
}

/** What the running agent says of itself. */
export interface Greeting {
  agent: string;
  unit: string;
  tag: string;
}

export type Contact =
  | { state: 'not-tried'; why: string }
  | { state: 'failed'; failure: FailureRecord }
  | { state: 'open'; heard: Uint8Array; asked: boolean; greeting: Greeting | null };

export interface Facts {
  machine: MachineFacts;
  port: PortFacts;
  contact: Contact;
}
