import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Arguments {
  bench: boolean;
  jobPath: string;
}

/**
 * What the command line asks of the window. Chromium's own switches stand beside ours and are passed over.
 * `folder` is where a job lies that is not named.
 */
export function readArguments(argv: readonly string[], folder: string): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: { 'no-bench': { type: 'boolean' }, job: { type: 'string' } },
    strict: false,
  });
  const named = typeof values.job === 'string' && values.job !== '' && !values.job.includes('\0');
  return {
    bench: values['no-bench'] !== true,
    jobPath: named ? resolve(values.job as string) : join(folder, 'first.plumb'),
  };
}
