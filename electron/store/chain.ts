import { createHash } from 'node:crypto';
import type { StoredRow } from '../../shared/chain/chain.ts';
import * as chain from '../../shared/chain/chain.ts';

export { beforeFirst, firstKind, type StoredEvent, type StoredRow } from '../../shared/chain/chain.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256, lower-case hex, over the UTF-8 of the canonical JSON of everything but the hash itself. */
export const hashOf = (row: Omit<StoredRow, 'hash'>): string => sha256(chain.linkText(row));

/** Why this row cannot follow the one before it; undefined when it does. */
export const brokenLink = (row: StoredRow, expected: { seq: number; previous: string }): string | undefined =>
  chain.brokenLink(row, expected, sha256);
