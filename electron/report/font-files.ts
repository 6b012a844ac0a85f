import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import { sfntOf } from './sfnt.ts';

/** The fonts' bytes, unpacked once in the life of the program: a certificate uses ten of them. */
const kept = new Map<string, Buffer>();
const coverages = new Map<string, ReadonlyMap<number, string>>();

function unreadable(path: string, error: unknown): Failure {
  const detail = error instanceof Error ? error.message : String(error);
  return new Failure('FILE_UNREADABLE', { path, detail }, { cause: error });
}

/** The font in a WOFF file. FILE_UNREADABLE when it is missing or is none. */
export function readFont(path: string): Buffer {
  const known = kept.get(path);
  if (known !== undefined) return known;
  try {
    const font = sfntOf(readFileSync(path));
    kept.set(path, font);
    return font;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function readCoverage(directory: string): ReadonlyMap<number, string> {
  const path = join(directory, 'coverage.json');
  try {
    const files = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    const coverage = new Map<number, string>();
    for (const [file, ranges] of Object.entries(files)) {
      for (const range of ranges.split(' ')) {
        const [first = 0, last = first] = range.split('-').map((point) => Number.parseInt(point, 16));
        for (let point = first; point <= last; point++) coverage.set(point, file);
      }
    }
    return coverage;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Before it there is nothing that only the Chinese, Japanese and Korean fonts have. */
const firstIdeographic = 0x2000;

/** The file below `directory` with a Chinese, Japanese or Korean character; undefined where none has it. */
export function ideographicFile(point: number, directory: string): string | undefined {
  if (point < firstIdeographic) return undefined;
  const coverage = coverages.get(directory) ?? readCoverage(directory);
  coverages.set(directory, coverage);
  return coverage.get(point);
}
