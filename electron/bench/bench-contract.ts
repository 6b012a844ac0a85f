import type { PortInfo, Transport } from '../transport/transport.ts';
import type { Fault } from './faults.ts';

export interface BenchOptions {
  /** Number of boards; 2 unless given. */
  boards?: number;
  seed?: number;
  /** How much faster than the wall clock the physics runs; 60 unless given. */
  timeFactor?: number;
  /** Where the boards' files are kept across runs of the process; in memory only unless given. */
  filesDirectory?: string;
  /** Speed of the lines; 0, the default, is as fast as it goes. */
  baudRate?: number;
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
  close(): Promise<void>;
}
