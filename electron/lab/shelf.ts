import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import { RecordingFacts } from '../../shared/contract/recordings.ts';
import { makeFolder } from '../files/files.ts';
import {
  exportRecording,
  type RecordedBlock,
  type RecordedChannel,
  type RecordingFile,
} from '../recordings/recordings.ts';
import type { JobStore } from '../store/job-store.ts';
import { fileHash } from './file-hash.ts';

type Blocks = AsyncIterable<RecordedBlock>;
type Given = Pick<RecordingFacts, 'unit' | 'name' | 'origin' | 'dated'>;

/** The recordings of a job: CSV files in a folder beside it, known to the record by their hashes. */
export class Shelf {
  readonly #store: JobStore;
  readonly #changed: (recordings: RecordingFacts[]) => void;
  #facts: RecordingFacts[] | null = null;
  /** Numbers of files that are being written. */
  #taken = 0;

  constructor(store: JobStore, changed: (recordings: RecordingFacts[]) => void = () => {}) {
    this.#store = store;
    this.#changed = changed;
  }

  /** Oldest first. */
  list(unit?: string): RecordingFacts[] {
    this.#facts ??= [...this.#store.events({ kind: 'recording.added' })].map(({ body }) =>
      RecordingFacts.parse(body),
    );
    return unit === undefined ? [...this.#facts] : this.#facts.filter((facts) => facts.unit === unit);
  }

  /** Fails with NOT_FOUND. */
  find(id: string): RecordingFacts {
    const facts = this.list().find((each) => each.id === id);
    if (!facts) throw new Failure('NOT_FOUND', { thing: 'recording', id });
    return facts;
  }

  fileOf({ id, sha256, rows, channels, dated }: RecordingFacts): RecordingFile {
    return { path: this.#pathOf(id), sha256, rows, ids: channels, dated };
  }

  /**
   * Writes rows down and enters the file in the record. `decided` is asked once all rows are there. Fails with
   * FILE_UNREADABLE where there is no row, FILE_UNWRITABLE, or as the blocks do; nothing is left then.
   */
  async add(
    given: Given,
    channels: readonly RecordedChannel[],
    blocks: Blocks,
    decided: () => RecordingFacts['decided'] | Promise<RecordingFacts['decided']> = () => null,
  ): Promise<RecordingFacts> {
    const id = this.#nextId();
    const path = this.#pathOf(id);
    makeFolder(this.#folder());
    const seen = watched(blocks);
    let facts: RecordingFacts;
    try {
      const rows = await written(path, channels, seen.blocks);
      const { from, to } = seen;
      if (from === null || to === null) {
        const detail = 'it has no row with a time that can be taken';
        throw new Failure('FILE_UNREADABLE', { path: given.name, detail });
      }
      facts = {
        ...given,
        id,
        at: Date.now(),
        sha256: await fileHash(path),
        rows,
        channels: channels.map((channel) => channel.id),
        from,
        to,
        decided: await decided(),
      };
      this.#store.append({ kind: 'recording.added', subject: given.unit, body: facts });
    } catch (thrown) {
      await rm(path, { force: true });
      throw thrown;
    }
    // From here on the record names the file: whoever listens to it and fails takes nothing away.
    this.#facts = [...this.list().filter((each) => each.id !== id), facts];
    this.#changed(this.list());
    return facts;
  }

  #folder(): string {
    return `${this.#store.path}.recordings`;
  }

  #pathOf(id: string): string {
    return join(this.#folder(), `${id}.csv`);
  }

  #nextId(): string {
    const known = this.list().map(({ id }) => Number(id.slice(1)));
    this.#taken = Math.max(this.#taken, ...known) + 1;
    return `r${this.#taken}`;
  }
}

function watched(blocks: Blocks): { blocks: Blocks; from: number | null; to: number | null } {
  const seen = { blocks: pass(), from: null as number | null, to: null as number | null };
  async function* pass(): AsyncGenerator<RecordedBlock> {
    for await (const block of blocks) {
      seen.from ??= block.times[0] ?? null;
      seen.to = block.times.at(-1) ?? seen.to;
      yield block;
    }
  }
  return seen;
}

async function written(path: string, channels: readonly RecordedChannel[], blocks: Blocks): Promise<number> {
  try {
    return await exportRecording(path, 'csv', channels, blocks);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === undefined) throw thrown;
    throw new Failure('FILE_UNWRITABLE', { path, detail: code }, { cause: thrown });
  }
}
