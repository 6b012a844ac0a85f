import { Failure } from '../../../shared/contract/failure.ts';
import { deviceText } from '../device-text.ts';

/** Our programs name files that are there: a name that is not has most likely changed on the line. */
export const noSuchFile = 2;
const noSpaceLeft = 28;
const readOnly = 30;

/** The error itself, without the way to it: last line that is not empty. */
export function lastLine(traceback: string): string {
  const lines = traceback.split(/\r\n|\r|\n/).map((line) => deviceText(line));
  return lines.filter((line) => line !== '').at(-1) ?? '';
}

/** The error number of `OSError: [Errno 28] ENOSPC` or, on ports without the words, `OSError: 28`. */
export function errnoOf(traceback: string): number | undefined {
  const match = /^OSError: (?:\[Errno (\d+)\]|(\d+)$)/.exec(lastLine(traceback));
  const digits = match?.[1] ?? match?.[2];
  return digits === undefined ? undefined : Number(digits);
}

export interface ErrorContext {
  during: string;
  /** Bytes, where they are known, for a unit that runs out of room. */
  space?: { needed: number; free: number } | undefined;
}

/** A traceback from the unit as a failure: NO_SPACE, else UNIT_REFUSED with the last line. */
export function deviceFailure(traceback: string, { during, space }: ErrorContext): Failure {
  const errno = errnoOf(traceback);
  if (errno === noSpaceLeft) {
    return new Failure('NO_SPACE', {
      during,
      needed: space?.needed ?? 'more',
      free: space?.free ?? 'too few',
    });
  }
  // CircuitPython: code may not write while the computer has the CIRCUITPY drive mounted; its words are translated.
  if (errno === readOnly) {
    const detail = 'its file system is read-only to programs while its drive is mounted on a computer';
    return new Failure('UNIT_REFUSED', { during, detail, errno });
  }
  const detail = lastLine(traceback) || 'it gave no reason';
  return new Failure('UNIT_REFUSED', errno === undefined ? { during, detail } : { during, detail, errno });
}
