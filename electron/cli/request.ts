import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { z } from 'zod';
import { checkRequest, RequestError } from '../../shared/metrology/metrology.ts';
import type { Command, ExitCode } from './command.ts';
import type { Output } from './output.ts';
import { pathOf } from './places.ts';
import { recipeValue } from './recipe-text.ts';

/** Bytes: far more than 10,000 readings with their uncertainties. */
const longest = 50_000_000;

/**
 * A request from a JSON file, or from standard input for `-`, as `schema` has it. Numbers of the JSON come as their
 * source text, so that `0.1000` keeps every digit. RequestError names the member that is wrong, `request` the whole.
 */
export async function readRequest<Schema extends z.ZodType>(
  given: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return checkRequest(schema, requestValue(await bytesOf(given)));
}

/** The value of the bytes: every JSON number is its own source text. */
export function requestValue(bytes: Uint8Array): unknown {
  const read = recipeValue(bytes);
  if ('mistake' in read) throw new RequestError('request', read.mistake);
  const [twice] = read.twice;
  if (twice) throw new RequestError(twice.path, twice.message);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const keepSource = (_: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value;
  return JSON.parse(text, keepSource) as unknown;
}

async function bytesOf(given: string): Promise<Uint8Array> {
  const path = pathOf(given);
  if (given !== '-') {
    // A device is read for ever, and opening a pipe waits for whoever writes to it.
    const facts = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (facts instanceof Error) {
      const reason = facts.code === 'ENOENT' ? 'it is not there' : (facts.code ?? facts.message);
      throw new RequestError('request', `the file ${given} cannot be read: ${reason}`);
    }
    if (!facts.isFile()) throw new RequestError('request', `${given} is not a file`);
  }
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of given === '-' ? process.stdin : createReadStream(path)) {
      pieces.push(piece as Buffer);
      size += (piece as Buffer).length;
      if (size > longest) throw new RequestError('request', 'is too large');
    }
  } catch (error) {
    if (error instanceof RequestError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new RequestError('request', `the file ${given} cannot be read: ${code}`);
  }
  return Buffer.concat(pieces);
}

export interface RequestCommand<Schema extends z.ZodType, Answer> {
  name: string;
  summary: string;
  schema: Schema;
  /** What the request and the answer hold, for `--help`. */
  help: string;
  example: string;
  /** May throw RequestError (exit 2) or Failure (exit 1). */
  evaluate: (request: z.output<Schema>) => Answer;
  /** The answer for people. */
  lines: (answer: Answer) => readonly string[];
}

/** A command that evaluates one request: `plumb <name> REQUEST.json --json`. */
export const requestCommand = <Schema extends z.ZodType, Answer>({
  name,
  summary,
  schema,
  help,
  example,
  evaluate,
  lines,
}: RequestCommand<Schema, Answer>): Command => ({
  name,
  summary,
  arguments: [{ name: 'request', description: 'the request, a JSON file, or - for standard input' }],
  help,
  example,
  run: async (input, context) => {
    try {
      const answer = evaluate(await readRequest(input.arguments[0] ?? '', schema));
      context.answer(answer, lines(answer));
      return 0;
    } catch (error) {
      if (error instanceof RequestError) return refuseRequest(error, context);
      throw error;
    }
  },
});

const refuseRequest = ({ path, message }: RequestError, { wrong }: Pick<Output, 'wrong'>): ExitCode => {
  wrong({ usage: { message, path } }, [`plumb: ${path}: ${message}`]);
  return 2;
};
