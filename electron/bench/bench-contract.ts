import type { PortInfo, Transport } from '../transport/transport.ts';
import type { BenchBroker, BrokerOptions } from './broker.ts';
import type { Fault } from './faults.ts';
import type { FileSystem } from './file-system.ts';
import type { AccessPoint } from './network-messages.ts';

export interface BenchOptions {
  /** Number of boards; 2 unless given. */
  boards?: number;
  seed?: number;
  /** How much faster than the wall clock the physics runs; 60 unless given. */
  timeFactor?: number;
  /** Where the boards' files are kept across runs of the process; in memory only unless given. */
  filesDirectory?: string;
  /** Of the boards; littlefs unless given. */
  fileSystem?: FileSystem;
  /** Speed of the lines; 0, the default, is as fast as it goes. */
  baudRate?: number;
  /** The network that the boards' radios find; `bench` with the password `plumb-line` unless given. */
  accessPoint?: AccessPoint;
  /** Starts the embedded broker with the bench: `bench:broker` for boards and app. None unless given. */
  broker?: BrokerOptions;
}

export interface BenchState {
  /** s of physics time since the bench was started. */
  physicsSeconds: number;
  bathCelsius: number;
  setPointCelsius: number;
  boards: {
    port: string;
    hardwareId: string;
    plugged: boolean;
    powered: boolean;
    /** Why its interpreter died, where it did. */
    crash: string | null;
    pins: Record<number, number>;
  }[];
}

export interface Bench {
  readonly ports: PortInfo[];
  /** Exclusive. Rejects with PORT_NOT_FOUND or PORT_BUSY. */
  open(port: string, options?: { baudRate?: number; signal?: AbortSignal }): Promise<Transport>;
  onPortsChanged(listener: (ports: PortInfo[]) => void): () => void;
  /** degC */
  setPoint(celsius: number): void;
  state(): BenchState;
  /** `board` is the number of the unit, from 1: the unit that `bench:<board>` was when the bench started. */
  fault(board: number, fault: Fault): Promise<void>;
  /** The embedded broker, while there is one. */
  readonly broker: BenchBroker | null;
  /** Starts the embedded broker, in place of one that runs. Rejects with BENCH_FAILED. */
  startBroker(options?: BrokerOptions): Promise<BenchBroker>;
  /**
   * Where a host of the bench really is: `bench:broker` is on loopback, its port 8883 the one with TLS, any other the
   * plain one, unless it is one of the two. null where the bench has no host of this name.
   */
  address(host: string, port: number): { host: string; port: number } | null;
  close(): Promise<void>;
}
