import type { Logger } from 'pino';
import type { Redactor } from '../secrets/secrets.ts';
import type { Trace } from '../transport/tap.ts';

/**
 * What goes over the lines, as lines of the log, where the log takes that much (`trace`); secrets are taken out in
 * every form that they take on a line.
 */
export function lineTrace(log: Logger, redactor: Redactor): Trace | undefined {
  if (!log.isLevelEnabled('trace')) return undefined;
  return (port) => {
    const directions = { out: redactor.stream(), in: redactor.stream() };
    const say = (direction: 'in' | 'out', text: string): void => {
      if (text !== '') log.trace({ port, direction, text }, 'bytes');
    };
    return {
      bytes: (direction, bytes) => say(direction, directions[direction].push(bytes)),
      end: () => {
        for (const direction of ['out', 'in'] as const) say(direction, directions[direction].end());
      },
    };
  };
}
