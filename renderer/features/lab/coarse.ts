import type { AuthorRule, AuthorSource } from '../../../shared/contract/author.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';

/** Sensors that a rule looks at without saying itself when they count as silent. */
function plainSensors(value: unknown, found: Set<string>): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  const { sensor, stale }: Partial<AuthorSource> = value;
  if (typeof sensor === 'string' && stale === undefined) found.add(sensor);
  for (const part of Object.values(value)) plainSensors(part, found);
  return found;
}

/**
 * Channels that would count as silent between two rows of a recording, and after how long: rules see no value there
 * that the running unit would have. Null where the rows are close enough.
 */
export function tooCoarse(
  { from, to, rows }: Pick<RecordingFacts, 'from' | 'to' | 'rows'>,
  rules: readonly AuthorRule[],
  channels: readonly ProfileChannel[],
): { step: number; stale: number; ids: string[] } | null {
  const step = rows > 1 ? (to - from) / (rows - 1) : 0;
  const looked = plainSensors(
    rules.map(({ when }) => when),
    new Set(),
  );
  const silent = channels.filter(({ id, staleMs }) => looked.has(id) && staleMs > 0 && step > staleMs);
  if (silent.length === 0) return null;
  return {
    step,
    stale: Math.min(...silent.map(({ staleMs }) => staleMs)),
    ids: silent.map(({ id }) => id),
  };
}
