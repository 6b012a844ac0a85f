import type { AuthorCondition, AuthorRule, AuthorSource } from '../../../shared/contract/author.ts';
import type { ThresholdLine } from '../../live/recordingChartProps.ts';

/** A threshold on the value itself is a line on its scale; one on a difference or a mean would mislead there. */
const plainSensor = ({ sensor, minus }: Partial<AuthorSource>): string | null =>
  typeof sensor === 'string' && minus === undefined ? sensor : null;

function linesOf(when: AuthorCondition, label: string): ThresholdLine[] {
  const sensor = plainSensor(when);
  const own = [when.above, when.below, ...(when.outside ?? [])].flatMap((text) =>
    sensor === null || text === undefined ? [] : [{ value: Number(text), label, channel: sensor }],
  );
  const parts = [...(when.all ?? []), ...(when.any ?? []), ...(when.among ?? [])];
  const others = [when.of, when.first, when.followedBy, when.without].filter((part) => part !== undefined);
  return [...own, ...[...parts, ...others].flatMap((part) => linesOf(part, label))];
}

/** Every plain threshold of the rules, as a line of its channel. */
export const thresholdsOf = (rules: readonly AuthorRule[]): ThresholdLine[] =>
  rules.flatMap(({ id, when }) => linesOf(when, id));

/** The channels that the rules look at, in the order in which they are named. */
export function channelsOf(rules: readonly AuthorRule[]): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if ((key === 'sensor' || key === 'minus') && typeof part === 'string') found.add(part);
      else look(part);
    }
  };
  for (const { when } of rules) look(when);
  return [...found];
}
