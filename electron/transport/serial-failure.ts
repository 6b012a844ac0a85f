import { Failure } from '../../shared/contract/failure.ts';
import { errnoOf } from './connection.ts';

type OpenProblem = 'PORT_NOT_FOUND' | 'PORT_BUSY' | 'PORT_PERMISSION' | 'PORT_FAILED';

const byErrno: Record<string, OpenProblem> = {
  ENOENT: 'PORT_NOT_FOUND',
  ENOTDIR: 'PORT_NOT_FOUND',
  ENXIO: 'PORT_NOT_FOUND',
  ENODEV: 'PORT_NOT_FOUND',
  EBUSY: 'PORT_BUSY',
  EACCES: 'PORT_PERMISSION',
  EPERM: 'PORT_PERMISSION',
};

/**
 * The one place where words are read: the native part of serialport 13 throws away the error number and hands over a
 * sentence (bindings-cpp src/serialport_unix.cpp:173 and :275, src/serialport_win.cpp:52). Windows answers
 * "Access denied" for a port that another program holds; there are no port permissions there.
 */
const byNativeWords: readonly (readonly [words: string, problem: OpenProblem])[] = [
  ['Cannot lock port', 'PORT_BUSY'],
  ['Access denied', 'PORT_BUSY'],
  ['Device or resource busy', 'PORT_BUSY'],
  ['Resource busy', 'PORT_BUSY'],
  ['No such file or directory', 'PORT_NOT_FOUND'],
  ['File not found', 'PORT_NOT_FOUND'],
  ['No such device', 'PORT_NOT_FOUND'],
  ['Permission denied', 'PORT_PERMISSION'],
];

/** Why a serial port did not open. */
export function openFailure(port: string, error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  const code =
    byErrno[errnoOf(error) ?? ''] ??
    byNativeWords.find(([words]) => text.includes(words))?.[1] ??
    'PORT_FAILED';
  return new Failure(code, { port, detail: text.slice(0, 200) }, { cause: error });
}
