import type { Change } from './changes.ts';
import type { Json } from './json-text.ts';

type Found = Json | undefined;

const isText =
  (most: number, least = 0) =>
  (found: Found): boolean =>
    found?.kind === 'string' && found.value.length >= least && found.value.length <= most;
const isWhole =
  (low: number, high: number) =>
  (found: Found): boolean =>
    found?.kind === 'number' &&
    /^\d{1,9}$/.test(found.text) &&
    Number(found.text) >= low &&
    Number(found.text) <= high;
const isAbsent = (found: Found): boolean => found === undefined;
const either =
  (...tests: ((found: Found) => boolean)[]) =>
  (found: Found): boolean =>
    tests.some((test) => test(found));
const anything = (): boolean => true;

/** `[mul, add, shift]` in plain digits: a line that the agent can use as it is. */
const isLine = (found: Found): boolean =>
  found?.kind === 'list' &&
  found.items.length === 3 &&
  found.items.every((part) => part.kind === 'number' && /^-?\d{1,16}$/.test(part.text));

/**
 * What may stay as it was found while the rest changes: the place, and what must have been found there. The first
 * line that fits decides; what no line names may not. Left out on purpose:
 * - version and layout, which count up and name the form;
 * - of a channel everything that its calibration is worked out from (input, quantum, oversampling);
 * - of network and broker what goes with the credentials that come in the same slot (login, user, Wi-Fi name, TLS).
 */
const keepable: Readonly<Record<string, readonly [place: RegExp, found: (found: Found) => boolean][]>> = {
  'config.json': [
    [/^\/(?:v|version|profile|channels)$/, () => false],
    [/^\/tag$/, isText(60, 1)],
    [/^\/(?:asset|location|project)$/, either(isAbsent, isText(60))],
    [/^\/period_ms$/, isWhole(20, 60_000)],
    [/^\/channels\/[a-z][a-z0-9_]*\/stale_ms$/, isWhole(0, 2_147_483_647)],
    [/^\/(?:net|mqtt)$/, isAbsent],
    [
      /^\/net\/ip$/,
      either(
        (found) => found?.kind === 'object',
        (found) => found?.kind === 'word',
      ),
    ],
    [/^\/net\/ip\/(?:ip|netmask|gateway|dns)$/, isText(15, 7)],
    [/^\/mqtt\/(?:host|name|topic)$/, isText(253, 1)],
    [/^\/mqtt\/port$/, isWhole(1, 65_535)],
    [/^\/mqtt\/keepalive$/, isWhole(5, 3600)],
    // What this program does not know, it does not need.
    [/^\/(?!channels\/|net\/|mqtt\/).+$/, anything],
  ],
  'calibration.json': [[/^\/channels\/[a-z][a-z0-9_]*$/, isLine]],
};

/** Whether a configuration stays whole when this place stays as it was found. */
export function mayStay(file: string, { path, steps, found, wanted }: Change): boolean {
  const last = steps.at(-1);
  // Entries of a list that come, go or change places take others along.
  if (last && !('key' in last) && (!found || !wanted || 'order' in last)) return false;
  return keepable[file]?.find(([place]) => place.test(path))?.[1](found) ?? false;
}
