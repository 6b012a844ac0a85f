import { Failure } from '../contract/failure.ts';

/** No report is made from states that contradict each other: it would be signed. */
export function insist(holds: boolean, detail: string): void {
  if (!holds) throw contradiction(detail);
}

export const contradiction = (detail: string, cause?: unknown): Failure =>
  new Failure('INTERNAL', { detail: `no report: ${detail}` }, { cause });
