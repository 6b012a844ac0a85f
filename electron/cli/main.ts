import { type Level, pino } from 'pino';
import { Failure } from '../../shared/contract/failure.ts';
import type { ExitCode } from './command.ts';
import { commands } from './commands.ts';
import { failureLines, outputOf } from './output.ts';
import { redactor, withoutSecrets } from './redaction.ts';
import { runTerminal } from './terminal.ts';

// The terminal's door as a program: `plumb <command> …`. Runs when it is loaded.

/** A port that does not close or a disk that is gone must not keep the terminal. */
const stopWithinMs = 15_000;

const asked = process.argv.slice(2);
const output = withoutSecrets(outputOf(asked.includes('--json'), process.stdout, process.stderr));
const log = pino(
  {
    level: levelOf(asked),
    hooks: { streamWrite: (line) => redactor.redactLine(line) },
  },
  pino.destination({ dest: 2, sync: true }),
);
const stop = new AbortController();

function levelOf(words: readonly string[]): Level {
  if (words.includes('--trace')) return 'trace';
  return words.includes('--verbose') ? 'debug' : 'warn';
}

/** Ends when what was written is on its way; a reader that has gone away takes nothing more. */
function end(code: ExitCode): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}

function endWith(failure: Failure): void {
  output.wrong({ failure }, failureLines(failure.toJSON()));
  end(1);
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(1));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Ctrl-C reaches the whole process group and may be handed on once more: only the first counts.
  process.on(name, () => {
    if (stop.signal.aborted) return;
    stop.abort();
    const during = 'stopping, which took too long';
    setTimeout(
      () => endWith(new Failure('CANCELLED', { during }, { deviceState: 'indeterminate' })),
      stopWithinMs,
    ).unref();
  });
}
process.on('uncaughtException', (thrown) => {
  log.debug({ err: thrown }, 'an error that nobody expected');
  endWith(Failure.from(thrown));
});

end(await runTerminal(asked, commands, { output, log, signal: stop.signal }));
