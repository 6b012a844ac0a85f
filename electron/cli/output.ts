import type { FailureRecord } from '../../shared/contract/failure.ts';
import type { Mistake } from '../../shared/contract/validate.ts';

/** Where the terminal's words go. Answers on stdout, all else on stderr. */
export interface Output {
  /** A line for whoever watches. */
  say(line: string): void;
  /** The one answer: a JSON document with `--json`, else the lines. */
  answer(json: unknown, lines: readonly string[]): void;
  /** One of many answers, as they come: a line of JSON with `--json` (NDJSON), else the words. */
  line(json: unknown, words: string): void;
  /** What went wrong: JSON on stdout with `--json` (unless an answer was given already), else words on stderr. */
  wrong(json: unknown, lines: readonly string[]): void;
}

interface Sink {
  write(text: string): unknown;
}

export function outputOf(json: boolean, stdout: Sink, stderr: Sink): Output {
  let answered = false;
  const write = (sink: Sink, lines: readonly string[]): void => {
    if (lines.length > 0) sink.write(`${lines.join('\n')}\n`);
  };
  const document = (value: unknown): void => {
    answered = true;
    stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  };
  return {
    say: (line) => write(stderr, [line]),
    answer: (value, lines) => (json ? document(value) : write(stdout, lines)),
    line: (value, words) => {
      answered = true;
      stdout.write(`${json ? JSON.stringify(value) : words}\n`);
    },
    wrong: (value, lines) => (json && !answered ? document(value) : write(stderr, lines)),
  };
}

const left: Record<FailureRecord['deviceState'], string> = {
  unchanged: 'it is as it was before',
  'old-still-runs': 'its old program still runs',
  staged: 'the new files lie on it, but are not in force',
  'new-runs': 'the new software runs',
  'adjusted-not-verified': 'adjusted, not verified: its calibration is new, and no as-left run has passed',
  'rules-untested': 'the new rules run on it, and its self-test has not passed',
  indeterminate: 'unknown; do not put it into service before the step is repeated',
  'bootloader-only': 'only its boot loader runs',
};

/** What happened, in which state the unit was left (where the command is about one), what to do next. */
export const failureLines = (
  { code, what, deviceState, next }: FailureRecord,
  { unitIsMeant } = { unitIsMeant: true },
): string[] => [
  `${what} (${code})`,
  ...(unitIsMeant || deviceState !== 'unchanged' ? [`State of the unit: ${left[deviceState]}.`] : []),
  `What to do: ${next}`,
];

export const mistakeLines = (mistakes: readonly Mistake[]): string[] =>
  mistakes.map(({ path, message }) => `  ${path}: ${message}`);
