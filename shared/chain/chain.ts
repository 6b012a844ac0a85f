import { canonical } from './canonical-json.ts';

export interface StoredEvent {
  /** 1, 2, 3 … without gaps. */
  seq: number;
  /** Host clock, ms since 1970. */
  at: number;
  kind: string;
  /** Wizard id, unit id or `job`. */
  subject: string;
  body: unknown;
  /** `hash` of the event before; 64 zeros for the first. */
  previous: string;
  hash: string;
}

/** A row as it lies in the file: the body is its canonical JSON text. */
export type StoredRow = Omit<StoredEvent, 'body'> & { body: string };

export const beforeFirst = '0'.repeat(64);
export const firstKind = 'job.created';

/** SHA-256 of the UTF-8 of a text, lower-case hex: each side has its own, the host's is native. */
export type HashText = (text: string) => string;

/** What an event's hash is taken over: the canonical JSON of everything but the hash itself. */
export function linkText(row: Omit<StoredRow, 'hash'>): string {
  const { seq, at, kind, subject, previous } = row;
  // The body is canonical already, and the six keys are written in their sorted order.
  const head = `{"at":${canonical(at)},"body":${row.body},"kind":${canonical(kind)}`;
  return `${head},"previous":${canonical(previous)},"seq":${canonical(seq)},"subject":${canonical(subject)}}`;
}

/** An event as one line of `chain.jsonl`: canonical JSON, without the end of line. */
export function lineOf(row: StoredRow): string {
  const { seq, at, kind, subject, previous, hash } = row;
  const head = `{"at":${canonical(at)},"body":${row.body},"hash":${canonical(hash)},"kind":${canonical(kind)}`;
  return `${head},"previous":${canonical(previous)},"seq":${canonical(seq)},"subject":${canonical(subject)}}`;
}

/** Why this row cannot follow the one before it; undefined when it does. */
export function brokenLink(
  row: StoredRow,
  expected: { seq: number; previous: string },
  hash: HashText,
): string | undefined {
  if (row.seq !== expected.seq)
    return `event ${expected.seq} is missing; event ${row.seq} stands in its place`;
  if (row.previous !== expected.previous) return 'it does not follow the event before it';
  if (row.seq === 1 && row.kind !== firstKind) return `the first event is not ${firstKind}`;
  try {
    // A body that parses to the same value but is written otherwise was not written by this program.
    if (canonical(JSON.parse(row.body)) !== row.body) return 'its body is not in canonical form';
    if (hash(linkText(row)) !== row.hash) return 'its content does not match its hash';
  } catch (error) {
    return `its body cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  return undefined;
}
