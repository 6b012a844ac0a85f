import { readFile } from 'node:fs/promises';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import type { Diagnosis, Finding, FixResult, PortReport } from '../../../shared/contract/doctor.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { errnoOf } from '../../transport/connection.ts';
import { throwIfCancelled } from '../../transport/deadline.ts';
import type { OpenPort } from '../../transport/transport.ts';
import { listPorts } from '../discovery.ts';
import { judge } from './check.ts';
import { contactChecks, passiveChecks } from './checks.ts';
import { type Greet, makeContact } from './contact.ts';
import type { Contact, Facts, MachineFacts, PortFacts } from './facts.ts';
import { gatherMachine, type Identity, ownIdentity } from './gather-machine.ts';
import { gatherPort } from './gather-port.ts';
import { restartsWhenOpened } from './known-usb.ts';
import { type RepairOptions, repair } from './repair.ts';
import { Tree } from './tree.ts';

export interface DoctorOptions {
  /** One port by its name; without it every port of this computer. */
  port?: string | undefined;
  /** The file of our udev rule. */
  ruleSource: string;
  openPort: OpenPort;
  greet: Greet;
  signal: AbortSignal;
  /** With it, the fixes that are offered are made, each after asking. */
  fix?: Pick<RepairOptions, 'ask' | 'run'>;
  list?: () => Promise<PortInfo[]>;
  /** Stands before /proc, /sys, /etc, /run and /dev. */
  base?: string;
  platform?: NodeJS.Platform;
  identity?: Identity;
  listenMs?: number;
}

interface Examined {
  findings: Finding[];
  facts: Facts;
}

const notYet: Contact = { state: 'not-tried', why: 'not yet' };

/** Why this port is not opened, going by what was seen without opening it. */
function reasonToLeave(
  findings: readonly Finding[],
  { listed, usb }: PortFacts,
  named: boolean,
): string | undefined {
  const blocking = passiveChecks.filter(({ blocks }) => blocks).map(({ id }) => id);
  const against = findings.find(({ id, state }) => state === 'problem' && blocking.includes(id));
  if (against) return `see ${against.id}`;
  if (named) return undefined;
  if (listed?.looksLike !== 'unit') return 'it does not look like a unit; name it with --port to try it';
  if (listed.kind === 'serial' && restartsWhenOpened(usb ?? listed)) {
    return 'opening it may restart the board; name it with --port to try it';
  }
  return undefined;
}

async function examinePort(
  port: PortFacts,
  machine: MachineFacts,
  options: DoctorOptions,
): Promise<Examined> {
  const { openPort, greet, signal, listenMs = 1500 } = options;
  const before: Facts = { machine, port, contact: notYet };
  const passive = passiveChecks.map((check) => judge(check, before));
  const why = reasonToLeave(passive, port, options.port !== undefined);
  const contact: Contact =
    why !== undefined || port.port === null
      ? { state: 'not-tried', why: why ?? 'there is no port' }
      : await makeContact(port.port, {
          openPort,
          greet,
          // An instrument would put a question that it does not know into its error queue.
          ask: port.listed?.looksLike !== 'reference',
          listenMs,
          signal,
        });
  const facts = { ...before, contact };
  return { findings: [...passive, ...contactChecks.map((check) => judge(check, facts))], facts };
}

const readRule = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new Failure('FILE_UNREADABLE', { path, detail: errnoOf(error) ?? 'unknown' }, { cause: error });
  });

async function examineAll(options: DoctorOptions): Promise<Examined[]> {
  const {
    platform = process.platform,
    identity = ownIdentity(),
    list = listPorts,
    ruleSource,
    signal,
  } = options;
  const tree = new Tree(options.base);
  const rule = { source: ruleSource, text: await readRule(ruleSource) };
  const [listed, machine] = await Promise.all([list(), gatherMachine({ tree, platform, identity, rule })]);
  const names = options.port === undefined ? listed.map(({ port }) => port) : [options.port];
  const examined: Examined[] = [];
  for (const name of names.length > 0 ? names : [null]) {
    throwIfCancelled(signal, 'looking at the ports');
    const known = listed.find(({ port }) => port === name) ?? null;
    examined.push(await examinePort(await gatherPort(tree, name, machine, known), machine, options));
  }
  return examined;
}

async function repairAll(examined: readonly Examined[], options: DoctorOptions): Promise<FixResult[]> {
  if (!options.fix) return [];
  const isRoot = (options.identity ?? ownIdentity()).uid === 0;
  const results: FixResult[] = [];
  for (const { findings, facts } of examined) {
    // The same rule is offered for every port, and asked about once.
    const fresh = findings.filter(
      ({ fix }) => fix && !results.some(({ command }) => command === fix.command),
    );
    results.push(...(await repair(fresh, facts, { ...options.fix, isRoot, signal: options.signal })));
  }
  return results;
}

const reportOf = ({ findings, facts }: Examined): PortReport => ({ port: facts.port.port, findings });

/**
 * Why will it not open? Looks at one port or at all, from the outside first; opens those that nothing speaks against,
 * exclusively, and asks one harmless question. After a fix that was made everything is looked at once more.
 * @throws Failure FILE_UNREADABLE (the rule is not in the resources), CANCELLED; what is wrong with a port is a finding
 */
export async function diagnose(options: DoctorOptions): Promise<Diagnosis> {
  let examined = await examineAll(options);
  const fixes = await repairAll(examined, options);
  if (fixes.some(({ outcome }) => outcome === 'done')) examined = await examineAll(options);
  const reports = examined.map(reportOf);
  const ok = reports.every(({ findings }) => findings.every(({ state }) => state !== 'problem'));
  return { ok, reports, fixes };
}
