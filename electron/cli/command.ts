import type { Logger } from 'pino';
import type { Output } from './output.ts';

/** 0 done, 1 the job failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

export interface Option {
  /** As commander has it: `--port <port>`. */
  flags: string;
  description: string;
  required?: boolean;
  fallback?: string | number;
  /** Throws `InvalidArgumentError` for what cannot be meant. */
  parse?: (text: string) => string | number;
}

export interface Input {
  arguments: readonly string[];
  /** By the camel-cased long flag. */
  options: Readonly<Record<string, string | number | boolean | undefined>>;
}

export interface Context extends Output {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** One command of the terminal. What goes wrong is thrown as `Failure` and ends with exit code 1. */
export interface Command {
  /** One or two words, such as `run` or `recipe check`. */
  name: string;
  summary: string;
  arguments?: readonly { name: string; description: string }[];
  options?: readonly Option[];
  /** More for `--help`, such as the members of a request. */
  help?: string;
  example: string;
  run(input: Input, context: Context): Promise<ExitCode>;
}

/** An option that commander guarantees: required, or with a fallback. */
export const text = (input: Input, name: string): string => String(input.options[name] ?? '');
