import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Failure } from '../../shared/contract/failure.ts';
import type { PortInfo, Transport } from '../transport/transport.ts';
import { newBathShare, physicsTime, publishBath, readBath } from './bath-share.ts';
import type { Bench, BenchOptions, BenchState } from './bench-contract.ts';
import { Board } from './board.ts';
import { type BenchBroker, type BrokerOptions, startBroker } from './broker.ts';
import type { Fault } from './faults.ts';
import { emptyImage, loadImage } from './file-image.ts';
import type { NetworkOptions } from './network.ts';
import { bathAt, startCelsius, withSetPoint } from './physics.ts';
import { seedFor, uniformAt } from './random.ts';
import { referenceReading } from './reference.ts';
import { ReferenceEndpoint } from './reference-endpoint.ts';
import { ScpiReference } from './scpi-reference.ts';
import { SimulatedLine } from './simulated-line.ts';
import { Unit } from './unit.ts';

export type { Bench, BenchOptions, BenchState } from './bench-contract.ts';
export { type BenchBroker, type BrokerOptions, type BrokerUser, startBroker } from './broker.ts';
export type { Fault } from './faults.ts';
export { servePtys } from './ptys.ts';

const referencePort = 'bench:reference';
export const brokerHost = 'bench:broker';
/** Of IANA: secure-mqtt. */
const secureMqttPort = 8883;
const usualAccessPoint = { ssid: 'bench', password: 'plumb-line' };

/**
 * V8 13.6 (Node 24) frees compiled WebAssembly while boards are switched off and on, and now and then ends the whole
 * process over its own books (`Check failed: jit_page_->allocations_.erase(addr) == 1`): it keeps that code instead.
 */
const keepCompiledCode = (): void => setFlagsFromString('--no-wasm-code-gc');

/** Starts the boards, the bath and the reference. Rejects with BENCH_FAILED. */
export async function startBench(options: BenchOptions = {}): Promise<Bench> {
  keepCompiledCode();
  const bench = new RunningBench(options);
  try {
    await bench.start();
  } catch (thrown) {
    await bench.close();
    throw thrown;
  }
  return bench;
}

class RunningBench implements Bench {
  readonly #seed: number;
  readonly #factor: number;
  readonly #baudRate: number;
  readonly #epoch = process.hrtime.bigint();
  readonly #bath = newBathShare();
  readonly #units: Unit[];
  readonly #reference: ReferenceEndpoint;
  /** Port name -> the unit on it. */
  readonly #places = new Map<string, Unit>();
  readonly #lines = new Map<string, SimulatedLine>();
  /** Of units whose line carries other than the bench's rate. */
  readonly #rates = new Map<Unit, number>();
  readonly #listeners = new Set<(ports: PortInfo[]) => void>();
  readonly #network: NetworkOptions;
  readonly #brokerOptions: BrokerOptions | undefined;
  #readings = 0;
  broker: BenchBroker | null = null;

  constructor(options: BenchOptions) {
    this.#seed = options.seed ?? 1;
    this.#factor = options.timeFactor ?? 60;
    this.#baudRate = options.baudRate ?? 0;
    this.#network = {
      accessPoint: options.accessPoint ?? usualAccessPoint,
      address: (host, port) => this.address(host, port),
    };
    this.#brokerOptions = options.broker;
    publishBath(this.#bath, { since: 0, from: startCelsius, setPoint: startCelsius });
    this.#units = Array.from({ length: options.boards ?? 2 }, (_, i) => this.#newUnit(i + 1, options));
    for (const [i, unit] of this.#units.entries()) this.#places.set(`bench:${i + 1}`, unit);
    this.#reference = new ReferenceEndpoint(
      new ScpiReference({
        read: () => referenceReading(this.#celsius(), this.#bathSeed, ++this.#readings),
        setPoint: () => readBath(this.#bath).setPoint,
        setSetPoint: (celsius) => this.setPoint(celsius),
      }),
    );
  }

  get #bathSeed(): number {
    return seedFor(this.#seed, 1000);
  }

  get #now(): number {
    return physicsTime(this.#epoch, this.#factor);
  }

  #celsius(): number {
    return bathAt(readBath(this.#bath), this.#now, this.#bathSeed);
  }

  #newUnit(number: number, { filesDirectory, fileSystem = 'littlefs' }: BenchOptions): Unit {
    const mirror = filesDirectory === undefined ? undefined : join(filesDirectory, `board${number}`);
    const board = new Board({
      hardwareId: hardwareId(this.#seed, number),
      sensorSeed: seedFor(this.#seed, number),
      bathSeed: this.#bathSeed,
      bath: this.#bath,
      epoch: this.#epoch,
      timeFactor: this.#factor,
      image: mirror === undefined ? emptyImage() : loadImage(mirror),
      mirror,
      fileSystem,
      network: this.#network,
    });
    return new Unit(board, seedFor(this.#seed, 2000 + number));
  }

  async start(): Promise<void> {
    if (this.#brokerOptions) await this.startBroker(this.#brokerOptions);
    await Promise.all(this.#units.map((unit) => unit.board.powerOn()));
  }

  async startBroker(options: BrokerOptions = {}): Promise<BenchBroker> {
    await this.broker?.close();
    this.broker = null;
    this.broker = await startBroker(options);
    return this.broker;
  }

  address(host: string, port: number): { host: string; port: number } | null {
    if (host !== brokerHost || !this.broker) return null;
    const { tlsPort, port: plain } = this.broker;
    const secure = tlsPort !== null && (port === tlsPort || port === secureMqttPort);
    return { host: this.broker.host, port: secure ? tlsPort : plain };
  }

  get ports(): PortInfo[] {
    const units = [...this.#places].filter(([, unit]) => unit.plugged);
    return [
      ...units.map(
        ([port, unit]): PortInfo => ({
          port,
          kind: 'simulated',
          vendorId: '2e8a',
          productId: '0005',
          serialNumber: unit.board.hardwareId,
          manufacturer: 'Plumbline',
          product: 'Bench board',
        }),
      ),
      {
        port: referencePort,
        kind: 'simulated',
        serialNumber: 'REF-0001',
        manufacturer: 'Plumbline',
        product: 'Bench Thermometer',
      },
    ];
  }

  async open(port: string, options: { baudRate?: number; signal?: AbortSignal } = {}): Promise<Transport> {
    if (options.signal?.aborted) throw new Failure('CANCELLED', { during: `opening ${port}` });
    const unit = this.#places.get(port);
    const endpoint = port === referencePort ? this.#reference : unit?.plugged ? unit : null;
    if (!endpoint) throw new Failure('PORT_NOT_FOUND', { port });
    if (this.#lines.get(port)?.isOpen) throw new Failure('PORT_BUSY', { port });
    const line = new SimulatedLine(port, endpoint, (unit && this.#rates.get(unit)) ?? this.#baudRate);
    this.#lines.set(port, line);
    return line;
  }

  onPortsChanged(listener: (ports: PortInfo[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setPoint(celsius: number): void {
    publishBath(this.#bath, withSetPoint(readBath(this.#bath), this.#now, celsius));
  }

  state(): BenchState {
    return {
      physicsSeconds: this.#now,
      bathCelsius: this.#celsius(),
      setPointCelsius: readBath(this.#bath).setPoint,
      boards: [...this.#places].map(([port, { board, plugged }]) => ({
        port,
        hardwareId: board.hardwareId,
        plugged,
        powered: board.powered,
        crash: board.crash,
        pins: Object.fromEntries(board.pins),
      })),
    };
  }

  async fault(board: number, fault: Fault): Promise<void> {
    const unit = this.#unit(board);
    switch (fault.kind) {
      case 'pullCable':
        return this.#plug([unit], false);
      case 'plugIn':
        return this.#plug([unit], true);
      case 'powerOff':
        return unit.board.powerOff();
      case 'powerOn':
        return unit.board.powerOn();
      case 'wedge':
        return unit.board.wedge();
      case 'swapPorts':
        return this.#swap(unit, this.#unit(fault.with));
      case 'fillDisk':
        return unit.board.setDisk('full');
      case 'freeDisk':
        return unit.board.setDisk('free');
      case 'lockDisk':
        return unit.board.setDisk('read-only');
      case 'cutPowerAtChange':
        return unit.board.cutPowerAtChange(fault.n);
      case 'networkDown':
        return unit.board.setNetworkDown(true);
      case 'networkUp':
        return unit.board.setNetworkDown(false);
      case 'pace':
        this.#rates.set(unit, fault.baudRate);
        this.#lines.get(this.#portOf(unit))?.setRate(fault.baudRate);
        return;
      case 'cutPowerAtByte':
      case 'flipBit':
      case 'babble':
      case 'endBabble':
      case 'rebootForEver':
      case 'endReboot':
        return unit.set(fault);
    }
  }

  #unit(board: number): Unit {
    const unit = this.#units[board - 1];
    if (!unit) throw new Failure('NOT_FOUND', { thing: 'bench board', id: board });
    return unit;
  }

  #portOf(unit: Unit): string {
    return [...this.#places].find(([, placed]) => placed === unit)?.[0] ?? '';
  }

  #plug(units: Unit[], plugged: boolean): void {
    for (const unit of units) {
      if (!plugged)
        this.#lines.get(this.#portOf(unit))?.end({ reason: 'lost', detail: 'the cable was pulled' });
      unit.plugged = plugged;
    }
    for (const listener of this.#listeners) listener(this.ports);
  }

  #swap(one: Unit, other: Unit): void {
    const [first, second] = [this.#portOf(one), this.#portOf(other)];
    this.#plug([one, other], false);
    this.#places.set(first, other);
    this.#places.set(second, one);
    this.#plug([one, other], true);
  }

  async close(): Promise<void> {
    for (const line of this.#lines.values()) line.end({ reason: 'lost', detail: 'the bench was closed' });
    for (const unit of this.#units) unit.stop();
    await Promise.all(this.#units.map((unit) => unit.board.powerOff()));
    await this.broker?.close();
    this.#listeners.clear();
  }
}

/** Eight bytes in hex, as `machine.unique_id()` of a board with flash has it. */
const hardwareId = (seed: number, number: number): string =>
  `e66${Array.from({ length: 13 }, (_, i) => Math.floor(16 * uniformAt(seedFor(seed, 3000 + number), i)).toString(16)).join('')}`;
