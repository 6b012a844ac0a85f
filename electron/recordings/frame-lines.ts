import { Failure } from '../../shared/contract/failure.ts';
import type { RecordedFrame } from '../../shared/rules/rules.ts';
import { lineBlocks } from './lines.ts';

const strings = /"(?:[^"\\]|\\.)*"/g;
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

function isInputs(value: unknown): value is Record<string, number | null> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const key in value) {
    const x = (value as Record<string, unknown>)[key];
    if (x !== null && !isCount(x)) return false;
  }
  return true;
}

const isAcks = (value: unknown): value is number[] =>
  value === undefined || (Array.isArray(value) && value.every((each) => isCount(each)));
const isShelves = (value: unknown): value is [number, number][] =>
  value === undefined ||
  (Array.isArray(value) &&
    value.every((each) => Array.isArray(each) && each.length === 2 && each.every((x) => isCount(x))));

/** What is wrong with a line, in words; or its frame. */
function frameOf(line: string): RecordedFrame | string {
  // Whole numbers only: `1.0` and `1e3` are floats to a unit (rule N1 of the model).
  if (/\d[.eE]/.test(line) && /\d[.eE]/.test(line.replace(strings, '')))
    return 'a number is not a whole number';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'it is not JSON';
  }
  if (!Array.isArray(value) || value.length < 2 || value.length > 4) {
    return 'it is not [t, {input: number or null}, [acknowledged], [shelved]]';
  }
  const [t, inputs, acknowledged, shelves] = value as unknown[];
  if (!isCount(t)) return 'its time is not a whole number of ms';
  if (!isInputs(inputs)) return 'an input is neither a whole number nor null';
  if (!isAcks(acknowledged)) return 'the acknowledged rules are not a list of whole numbers';
  if (!isShelves(shelves)) return 'the shelved rules are not a list of [rule, until]';
  return { t, inputs, acknowledged: acknowledged ?? [], shelves: shelves ?? [] };
}

/** Frames in the unit's own numbers, one JSON line each. Fails with FILE_UNREADABLE, which names the line. */
export async function* frameLines(path: string, signal?: AbortSignal): AsyncGenerator<RecordedFrame[]> {
  let number = 0;
  for await (const lines of lineBlocks(path, signal)) {
    const frames: RecordedFrame[] = [];
    for (const line of lines) {
      number += 1;
      if (line.trim() === '') continue;
      const frame = frameOf(line);
      if (typeof frame === 'string') {
        throw new Failure('FILE_UNREADABLE', { path, detail: `line ${number}: ${frame}` });
      }
      frames.push(frame);
    }
    yield frames;
  }
}
