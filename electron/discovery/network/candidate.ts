import { HardwareId, NetworkCandidate } from '../../../shared/contract/devices.ts';

/** What the network said, fit to be shown: capped, without control characters (bidi marks among them). */
export function networkText(value: unknown, longest = 200): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return String(value)
    .slice(0, longest * 4)
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, longest);
}

/** A hardware id as a unit says it, null for anything else. */
export const unitOf = (value: unknown): string | null => HardwareId.safeParse(value).data ?? null;

/** Null where something does not fit the contract: such a one is not shown at all. */
export const candidateOf = (candidate: NetworkCandidate): NetworkCandidate | null =>
  NetworkCandidate.safeParse(candidate).data ?? null;
