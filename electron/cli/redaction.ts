import { Redactor } from '../host/secrets.ts';
import type { Output } from './output.ts';

/** Knows every secret that this run of the terminal has met. One program, one of it. */
export const redactor = new Redactor();

/** Output in which no secret is left, whatever said it. */
export function withoutSecrets(output: Output, from: Redactor = redactor): Output {
  const clean = (lines: readonly string[]): string[] => lines.map((line) => from.redact(line));
  return {
    say: (line) => output.say(from.redact(line)),
    answer: (json, lines) => output.answer(from.redactValue(plain(json)), clean(lines)),
    line: (json, words) => output.line(from.redactValue(plain(json)), from.redact(words)),
    wrong: (json, lines) => output.wrong(from.redactValue(plain(json)), clean(lines)),
  };
}

/** As it will be printed: a failure among it is an object of its own that knows its JSON. */
const plain = (json: unknown): unknown => JSON.parse(JSON.stringify(json) ?? 'null');
