import { canonical } from '../chain/canonical-json.ts';
import { beforeFirst, brokenLink, type HashText, lineOf, type StoredEvent } from '../chain/chain.ts';
import { chainName } from './manifest.ts';
import { Refusal } from './refusal.ts';

const lineFeed = 10;

/** The lines of a text that ends with its last line. */
function* linesOf(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, at);
    if (end < 0) throw new Refusal(chainName, 'its last line is cut off');
    yield decoder.decode(bytes.subarray(at, end));
    at = end + 1;
  }
}

function eventOf(line: string, hash: HashText, expected: { seq: number; previous: string }): StoredEvent {
  const parsed: unknown = JSON.parse(line);
  if (typeof parsed !== 'object' || parsed === null) throw new Error('it is no event');
  const { seq, at, kind, subject, previous, hash: own, body } = parsed as Record<keyof StoredEvent, unknown>;
  if (typeof seq !== 'number' || typeof at !== 'number') throw new Error('it is no event');
  for (const text of [kind, subject, previous, own])
    if (typeof text !== 'string') throw new Error('it is no event');
  const event = { seq, at, kind, subject, previous, hash: own, body } as StoredEvent;
  const row = { ...event, body: canonical(body, 'body') };
  if (lineOf(row) !== line) throw new Error('it is not in canonical form');
  const broken = brokenLink(row, expected, hash);
  if (broken !== undefined) throw new Error(broken);
  return event;
}

/**
 * The events of `chain.jsonl` in their order, each link of the chain recomputed as it comes.
 * @throws Refusal naming the first event that is not as it was written.
 */
export function* journalOf(bytes: Uint8Array, hash: HashText): Generator<StoredEvent> {
  let seq = 1;
  let previous = beforeFirst;
  try {
    for (const line of linesOf(bytes)) {
      const event = eventOf(line, hash, { seq, previous });
      yield event;
      seq += 1;
      previous = event.hash;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new Refusal(chainName, `event ${seq}: ${detail}`);
  }
}
