import type { UnitFile } from '../driver.ts';
import {
  type Block,
  type BlockLimits,
  longestBlock,
  nextBlock,
  type Position,
  shortestBlock,
} from './transfer-blocks.ts';

export interface Held {
  sha256: string;
  size: number;
}

/** A block on its way. */
export interface Flight {
  sequence: number;
  block: Block;
}

export interface CourseListener {
  onFile?: (path: string) => void;
  onBytes?: (done: number, total: number) => void;
}

/** How far a transfer has come, as the unit has confirmed it. */
export class Course {
  readonly #files: readonly UnitFile[];
  readonly #listener: CourseListener;
  readonly #held = new Map<string, Held>();
  readonly #total: number;
  /** What is sent now. */
  #list: readonly UnitFile[] = [];
  #told = 0;
  #sequence = 0;
  #at: Position = { file: 0, offset: 0 };
  #flights: Flight[] = [];
  /** Names this run of blocks on the unit; null where one has to begin. */
  word: string | null = null;

  constructor(files: readonly UnitFile[], listener: CourseListener) {
    this.#files = files;
    this.#listener = listener;
    this.#total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** Number of the first block that the unit has not confirmed. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Something that grows with all that the unit has confirmed. */
  get confirmed(): number {
    return this.#held.size + this.#bytes();
  }

  /** From the first byte of every file that the unit has not been seen to hold. */
  begin(word: string): void {
    this.word = word;
    this.#list = this.missing();
    this.#sequence = 0;
    this.#at = { file: 0, offset: 0 };
    this.#flights = [];
  }

  missing(): UnitFile[] {
    return this.#files.filter(({ path }) => !this.#held.has(path));
  }

  /** The next block, on its way from now on; undefined after the last. */
  launch(limits: BlockLimits): Flight | undefined {
    const last = this.#flights.at(-1);
    const from = last?.block.next ?? this.#at;
    if (from.file >= this.#list.length) return undefined;
    const block = nextBlock(this.#list, from, limits);
    const until = block.next.offset > 0 ? block.next.file + 1 : block.next.file;
    const first = from.offset > 0 ? from.file + 1 : from.file;
    for (const { path } of this.#list.slice(first, until)) this.#listener.onFile?.(path);
    const flight = { sequence: (last?.sequence ?? this.#sequence - 1) + 1, block };
    this.#flights.push(flight);
    return flight;
  }

  /** The unit expects block `next`; false where that cannot be. */
  taken(next: number): boolean {
    if (next < this.#sequence || next > this.#sequence + this.#flights.length) return false;
    for (const { block } of this.#flights.splice(0, next - this.#sequence)) this.#at = block.next;
    this.#sequence = next;
    this.#tell();
    return true;
  }

  /** Goes on where the unit says that it is: what was on its way is cut anew. */
  resume(next: number): boolean {
    const known = this.taken(next);
    this.#flights = [];
    return known;
  }

  /** What the unit read back under this path; false where that is none of the files. */
  hear(path: string, held: Held): boolean {
    const known = this.#files.some((file) => file.path === path);
    if (known) this.#held.set(path, held);
    return known;
  }

  /** Files that the unit holds otherwise than they were sent; they are missing again. */
  takeWrong(): { file: UnitFile; found: Held }[] {
    return this.#files.flatMap((file) => {
      const found = this.#held.get(file.path);
      if (!found || (found.sha256 === file.sha256 && found.size === file.bytes.length)) return [];
      this.#held.delete(file.path);
      this.word = null;
      return [{ file, found }];
    });
  }

  result(): Map<string, Held> {
    return new Map(this.#held);
  }

  #bytes(): number {
    const sent = new Set(this.#list);
    const before = this.#files.filter((file) => !sent.has(file));
    const sum = (files: readonly UnitFile[]): number => files.reduce((n, { bytes }) => n + bytes.length, 0);
    return sum(before) + sum(this.#list.slice(0, this.#at.file)) + this.#at.offset;
  }

  /** A file that is sent once more is not told of as a step back. */
  #tell(): void {
    this.#told = Math.max(this.#told, this.#bytes());
    this.#listener.onBytes?.(this.#told, this.#total);
  }
}

const firstSize = 2048;
const quickMs = 500;
const slowMs = 1500;
/** Of the heap that is free, a block may take this part: it is held as it came, unescaped, and inflated. */
const heapShare = 24;

/** Bytes of a block and patience with the answer to it, by how the line and the unit bear them. */
export class Pace {
  #size = firstSize;
  #largest = longestBlock;
  /** Patience, ms for each byte on the line; 9600 baud to begin with. */
  #msPerByte = 1;

  get size(): number {
    return this.#size;
  }

  allowHeap(free: number): void {
    const limit = free > 0 ? 1 << Math.floor(Math.log2(free / heapShare)) : firstSize;
    this.#limit(Math.min(this.#largest, limit));
  }

  /** False where the blocks are as small as they get. */
  outOfMemory(): boolean {
    if (this.#largest <= shortestBlock) return false;
    this.#limit(this.#largest >> 1);
    return true;
  }

  answered(ms: number): void {
    if (ms < quickMs) this.#size = Math.min(this.#largest, 2 * this.#size);
    else if (ms > slowMs) this.#size = Math.max(shortestBlock, this.#size >> 1);
  }

  failed(): void {
    this.#size = Math.max(shortestBlock, this.#size >> 1);
    this.#msPerByte *= 4;
  }

  deadlineFor(bytes: number, { replyMs, execMs }: { replyMs: number; execMs: number }): number {
    return Math.min(Math.max(execMs, replyMs), replyMs + bytes * this.#msPerByte);
  }

  #limit(bytes: number): void {
    this.#largest = Math.max(shortestBlock, bytes);
    this.#size = Math.min(this.#size, this.#largest);
  }
}
