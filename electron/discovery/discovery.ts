import type { PortInfo } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { withDeadline } from '../transport/deadline.ts';
import type { PortInfo as Listed } from '../transport/transport.ts';
import { guess } from './fingerprints.ts';
import { isPhantom, listFromKernel } from './sysfs.ts';

export interface DiscoveryOptions {
  /** What the simulated bench offers, when it is attached. */
  benchPorts?: (() => readonly Listed[] | Promise<readonly Listed[]>) | undefined;
  /** Where the kernel lists terminals (Linux). */
  ttyFolder?: string;
  deadlineMs?: number;
}

const isPseudoTerminal = (port: string): boolean => /^\/dev\/(pts\/|pty|ttyp)/.test(port);

/** What a USB descriptor says is untrusted: capped, and without control characters. */
function clean(text: string | undefined): string | undefined {
  const kept = text?.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200);
  return kept || undefined;
}

async function listSerial(options: DiscoveryOptions): Promise<Listed[]> {
  const { ttyFolder = '/sys/class/tty', deadlineMs = 3000 } = options;
  try {
    const { SerialPort } = await import('serialport');
    const during = 'listing the ports';
    const found = await withDeadline(SerialPort.list(), { deadlineMs, during, port: 'any' });
    return await withoutPhantoms(
      found.map(({ path, vendorId, productId, serialNumber, manufacturer }) => ({
        // macOS lists the dial-in name; opening it waits for a carrier that never comes.
        port: path.replace(/^\/dev\/tty\./, '/dev/cu.'),
        kind: 'serial' as const,
        vendorId,
        productId,
        serialNumber,
        manufacturer,
      })),
      ttyFolder,
    );
  } catch (error) {
    if (process.platform !== 'linux') throw Failure.from(error);
    // serialport asks `udevadm` on Linux and rejects where there is none (containers, small systems).
    return listFromKernel(ttyFolder);
  }
}

async function withoutPhantoms(ports: Listed[], ttyFolder: string): Promise<Listed[]> {
  const phantom = await Promise.all(
    ports.map(async ({ port }) => {
      return port.startsWith('/dev/ttyS') && (await isPhantom(port.slice('/dev/'.length), ttyFolder));
    }),
  );
  return ports.filter(({ port }, i) => !phantom[i] && !isPseudoTerminal(port));
}

function describe(listed: Listed): PortInfo {
  const facts = {
    vendorId: clean(listed.vendorId)?.toLowerCase(),
    productId: clean(listed.productId)?.toLowerCase(),
    serialNumber: clean(listed.serialNumber),
    manufacturer: clean(listed.manufacturer),
    product: clean(listed.product),
  };
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return { port: listed.port, kind: listed.kind, ...known, looksLike: guess(listed).looksLike };
}

/** Every port that could be opened: the bench first, then real ones, the likeliest units before the rest. */
export async function listPorts(options: DiscoveryOptions = {}): Promise<PortInfo[]> {
  const [bench, serial] = await Promise.all([options.benchPorts?.() ?? [], listSerial(options)]);
  const likelyFirst = serial
    .map((listed) => ({ listed, score: guess(listed).score }))
    .sort((a, b) => b.score - a.score || a.listed.port.localeCompare(b.listed.port));
  return [...bench, ...likelyFirst.map(({ listed }) => listed)].map(describe);
}

export interface PortWatch {
  /** Looks now, and tells the listener like every other look. */
  look(): Promise<void>;
  stop(): void;
}

/**
 * Looks once a second, because no platform tells serialport of a plug event, and calls the listener with the whole
 * list whenever it differs from the last one; the first look always counts.
 */
export function watchPorts(
  listener: (ports: PortInfo[]) => void,
  options: DiscoveryOptions & { everyMs?: number } = {},
): PortWatch {
  const { everyMs = 1000 } = options;
  let last: string | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    // A look that fails is made again a second later; a caller of listPorts is told why.
    const ports = await listPorts(options).catch(() => undefined);
    if (stopped) return;
    const now = JSON.stringify(ports);
    if (ports && now !== last) {
      last = now;
      listener(ports);
    }
  };
  const again = async (): Promise<void> => {
    await look();
    if (!stopped) timer = setTimeout(() => void again(), everyMs).unref();
  };
  void again();
  return {
    look,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
