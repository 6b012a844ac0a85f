/** A window of samples without copying: `time` in ms since 1970, one column a channel, NaN where there is no value. */
interface SampleView {
  time: Float64Array;
  columns: Float64Array[];
}

/**
 * The last `capacity` samples of some channels. Each sample is written twice, `capacity` apart, so that any window is
 * one contiguous subarray and drawing needs neither copies nor allocation.
 */
export class SampleRing {
  readonly capacity: number;
  readonly columnCount: number;
  #time: Float64Array;
  #columns: Float64Array[];
  #written = 0;
  #version = 0;
  #gaps: number[] = [];

  constructor(columnCount: number, capacity: number) {
    this.capacity = capacity;
    this.columnCount = columnCount;
    this.#time = new Float64Array(2 * capacity);
    this.#columns = Array.from({ length: columnCount }, () => new Float64Array(2 * capacity));
  }

  /** Counts up with every change; a chart redraws only where it moved. */
  get version(): number {
    return this.#version;
  }

  get length(): number {
    return Math.min(this.#written, this.capacity);
  }

  /** Times after which samples are missing, oldest first, the last 200. */
  get gaps(): readonly number[] {
    return this.#gaps;
  }

  get newest(): number | null {
    return this.#written === 0 ? null : (this.#time[(this.#written - 1) % this.capacity] ?? null);
  }

  push(time: number, values: ArrayLike<number>): void {
    const at = this.#written % this.capacity;
    this.#time[at] = time;
    this.#time[at + this.capacity] = time;
    this.#columns.forEach((column, index) => {
      const value = values[index] ?? Number.NaN;
      column[at] = value;
      column[at + this.capacity] = value;
    });
    this.#written += 1;
    this.#version += 1;
  }

  /** Samples are missing here: a row without values breaks the line, and the place is remembered as a mark. */
  pushGap(): void {
    const last = this.newest;
    if (last === null) return;
    this.#gaps = [...this.#gaps.slice(-199), last];
    this.push(last, []);
  }

  clear(): void {
    this.#written = 0;
    this.#gaps = [];
    this.#version += 1;
  }

  /** The newest samples, at most `count`. Valid until the next push. */
  view(count: number = this.capacity): SampleView {
    const length = Math.min(count, this.length);
    const end = this.#written === 0 ? 0 : ((this.#written - 1) % this.capacity) + 1;
    const to = end < length ? end + this.capacity : end;
    return {
      time: this.#time.subarray(to - length, to),
      columns: this.#columns.map((column) => column.subarray(to - length, to)),
    };
  }
}

/** Index of the first sample at or after `time`. */
export function firstAtOrAfter(times: ArrayLike<number>, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
