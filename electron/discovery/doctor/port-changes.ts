import type { PortInfo } from '../../../shared/contract/devices.ts';
import type { PortChange } from '../../../shared/contract/doctor.ts';

/** What makes a listed port another one: ids, serial number, path. */
const portKey = ({ vendorId, productId, serialNumber, port }: PortInfo): string =>
  JSON.stringify([vendorId, productId, serialNumber, port]);

/** What makes a device the same one wherever it is plugged in; undefined where its listing cannot tell. */
const deviceKey = ({ vendorId, productId, serialNumber }: PortInfo): string | undefined =>
  vendorId && productId && serialNumber ? JSON.stringify([vendorId, productId, serialNumber]) : undefined;

const missingIn = (ports: readonly PortInfo[], others: readonly PortInfo[]): PortInfo[] => {
  const keys = new Set(others.map(portKey));
  return ports.filter((port) => !keys.has(portKey(port)));
};

/** Remembers where a device was, so that it is known again when it comes back somewhere else. */
export class PortChanges {
  #ports: readonly PortInfo[] = [];
  /** Device -> the path that it left. */
  readonly #left = new Map<string, string>();
  /** Cheap bridges share one serial number, and a board may have two ports: nobody can say which one of them moved. */
  readonly #shared = new Set<string>();

  constructor(present: readonly PortInfo[]) {
    this.#take(present);
  }

  /** What has changed since the last list: what is gone first, then what has come. */
  next(ports: readonly PortInfo[]): PortChange[] {
    const gone = missingIn(this.#ports, ports);
    const come = missingIn(ports, this.#ports);
    this.#take(ports);
    for (const device of gone) {
      const key = this.#keyOf(device);
      if (key !== undefined) this.#left.set(key, device.port);
    }
    const arrivals = come.map((device) => this.#arrival(device));
    const moved = new Set(
      arrivals.flatMap(({ change, device }) => (change === 'moved' ? [this.#keyOf(device)] : [])),
    );
    const left = gone.filter((device) => {
      const key = this.#keyOf(device);
      return key === undefined || !moved.has(key);
    });
    return [...left.map((device): PortChange => ({ change: 'unplugged', device })), ...arrivals];
  }

  #arrival(device: PortInfo): PortChange {
    const key = this.#keyOf(device);
    const from = key === undefined ? undefined : this.#left.get(key);
    if (key !== undefined) this.#left.delete(key);
    if (from === undefined || from === device.port) return { change: 'plugged', device };
    return { change: 'moved', device, from };
  }

  #keyOf(device: PortInfo): string | undefined {
    const key = deviceKey(device);
    return key !== undefined && this.#shared.has(key) ? undefined : key;
  }

  #take(ports: readonly PortInfo[]): void {
    const keys = ports.map(deviceKey).filter((key) => key !== undefined);
    for (const [at, key] of keys.entries()) if (keys.indexOf(key) !== at) this.#shared.add(key);
    this.#ports = ports;
  }
}
