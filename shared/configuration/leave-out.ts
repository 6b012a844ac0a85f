import { Failure } from '../contract/failure.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import { fileDifference, isOptional, lineId } from './difference.ts';
import { canonicalText, fileOf, isJson, type Json, parseJson } from './json-text.ts';
import { withValueAt } from './places.ts';

/**
 * What is to be, with the lines of these ids left as they were found. An id of a line that does not differ changes
 * nothing, so the same choice serves many units, and serves twice. STEP_BLOCKED names what cannot be left out.
 */
export function leaveOut(
  toBe: ConfigurationFiles,
  asFound: ConfigurationFiles,
  ids: readonly string[],
): ConfigurationFiles {
  const left = new Set(ids);
  const blocked: string[] = [];
  const files = new Map<string, Uint8Array>();
  for (const [name, bytes] of toBe.files) {
    files.set(name, fileWithout(name, asFound.files.get(name), bytes, left, blocked));
  }
  blocked.push(
    ...[...asFound.files.keys()].filter((name) => !toBe.files.has(name) && isNamed(name, left)),
    ...[...toBe.secrets, ...asFound.secrets]
      .map((name) => lineId(name, '(secret)'))
      .filter((id) => left.has(id)),
  );
  if (blocked.length === 0) return { files, secrets: toBe.secrets };
  throw new Failure('STEP_BLOCKED', {
    detail: `${[...new Set(blocked)].join(', ').slice(0, 300)} cannot be left out: the configuration would not be whole`,
  });
}

const isNamed = (file: string, left: ReadonlySet<string>): boolean =>
  [...left].some((id) => id.startsWith(`${file}:`));

function fileWithout(
  file: string,
  found: Uint8Array | undefined,
  wanted: Uint8Array,
  left: ReadonlySet<string>,
  blocked: string[],
): Uint8Array {
  const result = fileDifference(found, wanted);
  if (result.kind === 'same') return wanted;
  if (result.kind === 'bytes') {
    const id = lineId(file, '(bytes)');
    if (!left.has(id)) return wanted;
    if (result.values === 'same' && found) return found;
    blocked.push(id);
    return wanted;
  }
  const chosen = result.changes.filter(({ path }) => left.has(lineId(file, path)));
  const refused = chosen.filter((change) => !isOptional(file, change, found !== undefined));
  blocked.push(...refused.map(({ path }) => lineId(file, path)));
  const to = parseJson(wanted);
  if (chosen.length === 0 || refused.length > 0 || !found || !isJson(to)) return wanted;
  return bytesOf(
    chosen.reduce<Json>((value, { steps, found: old }) => withValueAt(value, steps, old), to),
    found,
  );
}

/** Where nothing is left that differs, the very bytes that were found. */
function bytesOf(value: Json, found: Uint8Array): Uint8Array {
  const old = parseJson(found);
  return isJson(old) && canonicalText(old) === canonicalText(value) ? found : fileOf(value);
}
