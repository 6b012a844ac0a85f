import { stat } from 'node:fs/promises';
import { Failure } from '../../shared/contract/failure.ts';
import type { Recording } from '../../shared/rules/lab/lab.ts';
import { loadRecording, type RecordedChannel, type RecordingFile } from '../recordings/recordings.ts';

/** Numbers in memory at most (8 bytes each): ten channels of a week at 1 Hz are 7 million. */
export const mostNumbers = 40_000_000;

interface Held {
  recording: Recording;
  numbers: number;
  /** The file as it was when it was read: a changed one is read, and judged, again. */
  mark: string;
}

/** Recordings in memory, the least recently used out first. One is loaded at a time. */
export class LoadedRecordings {
  readonly #limit: number;
  /** In the order of their last use. */
  readonly #held = new Map<string, Held>();

  constructor(limit = mostNumbers) {
    this.#limit = limit;
  }

  /** Fails with FILE_UNREADABLE: gone, changed, or too large to be held. */
  async get(file: RecordingFile, channels: readonly RecordedChannel[]): Promise<Recording> {
    const steps = channels.map(({ id, unit, quantum }) => [id, unit, quantum]);
    const key = JSON.stringify([file.path, file.sha256, steps]);
    const mark = await markOf(file.path);
    const held = this.#held.get(key);
    this.#held.delete(key);
    const found = held?.mark === mark ? held : await this.#load(file, channels, mark);
    this.#held.set(key, found);
    return found.recording;
  }

  async #load(file: RecordingFile, channels: readonly RecordedChannel[], mark: string): Promise<Held> {
    const known = file.ids.filter((id) => channels.some((channel) => channel.id === id));
    const numbers = file.rows * (known.length + 1);
    if (numbers > this.#limit) {
      const detail = `it holds ${numbers} numbers, the lab takes ${this.#limit} at once; cut it into shorter ones`;
      throw new Failure('FILE_UNREADABLE', { path: file.path, detail });
    }
    let room = this.#limit - numbers;
    for (const { numbers: taken } of this.#held.values()) room -= taken;
    for (const [key, { numbers: taken }] of this.#held) {
      if (room >= 0) break;
      this.#held.delete(key);
      room += taken;
    }
    return { recording: await loadRecording(file, channels), numbers, mark };
  }
}

async function markOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(path);
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch (cause) {
    throw new Failure('FILE_UNREADABLE', { path, detail: 'it is not there' }, { cause });
  }
}
