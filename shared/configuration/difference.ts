import type { DifferenceLine } from '../contract/configuration.ts';
import { type Change, changes, wholeChange } from './changes.ts';
import { type ConfigurationFiles, firstOtherByte, sameBytes } from './configuration-files.ts';
import { canonicalText, isJson, type Json, parseJson } from './json-text.ts';
import { mayStay } from './keepable.ts';
import { valueAt } from './places.ts';
import { bytesText, valueTexts } from './shown.ts';

/** A page of lines that nobody reads hides the one that counts; such a file is called another one as a whole. */
const mostLines = 200;

/** Of one file, before it is put into words. */
export type FileDifference =
  | { kind: 'same' }
  | { kind: 'values'; changes: readonly Change[] }
  /** The bytes are other ones. `values`: what they say is the same. */
  | { kind: 'bytes'; values: 'same' | 'other' };

/**
 * What is to be against what was found, a line for each difference, each with the factory's value beside it. Empty
 * exactly when every byte of every file is the same and no secret is involved: of files with secrets only their
 * presence is known, so a line says that they are not compared.
 */
export function difference(
  factory: ConfigurationFiles,
  asFound: ConfigurationFiles,
  toBe: ConfigurationFiles,
): DifferenceLine[] {
  const names = [...new Set([...toBe.files.keys(), ...asFound.files.keys()])].sort();
  const secrets = [...new Set([...toBe.secrets, ...asFound.secrets])].sort();
  return [
    ...names.flatMap((name) =>
      linesOf(name, factory.files.get(name), asFound.files.get(name), toBe.files.get(name)),
    ),
    ...secrets.map((name) => secretLine(name, factory, asFound, toBe)),
  ];
}

export function fileDifference(
  found: Uint8Array | undefined,
  wanted: Uint8Array | undefined,
): FileDifference {
  if (sameBytes(found, wanted)) return { kind: 'same' };
  const [a, b] = [jsonOf(found), jsonOf(wanted)];
  if (a === null || b === null) return { kind: 'bytes', values: 'other' };
  const list = a && b ? changes(a, b) : wholeChange(a, b);
  if (list.length === 0) return { kind: 'bytes', values: 'same' };
  return list.length > mostLines ? { kind: 'bytes', values: 'other' } : { kind: 'values', changes: list };
}

/** Undefined: no file; null: none that can be compared value by value. */
function jsonOf(bytes: Uint8Array | undefined): Json | undefined | null {
  const read = bytes && parseJson(bytes);
  if (!read) return undefined;
  return isJson(read) ? read : null;
}

export const lineId = (file: string, path: string): string => `${file}:${path}`;

/** May this place stay as it was found? Only in a file that is there before and after. */
export const isOptional = (file: string, change: Change, both: boolean): boolean =>
  both && mayStay(file, change);

function linesOf(
  file: string,
  factory: Uint8Array | undefined,
  found: Uint8Array | undefined,
  wanted: Uint8Array | undefined,
): DifferenceLine[] {
  const result = fileDifference(found, wanted);
  if (result.kind === 'same') return [];
  if (result.kind === 'bytes') {
    const from = found && wanted ? firstOtherByte(found, wanted) : 0;
    const text = (bytes: Uint8Array | undefined) => (bytes ? bytesText(bytes, from) : null);
    const [ours, theirs, is] = [text(factory), text(found), text(wanted)];
    const optional = result.values === 'same';
    return [line(file, '(bytes)', ours, theirs, is, optional)];
  }
  const values = jsonOf(factory) ?? undefined;
  const both = found !== undefined && wanted !== undefined;
  return result.changes.map((change) => {
    const texts = [valueAt(values, change.steps), change.found, change.wanted].map(
      (value) => value && canonicalText(value),
    );
    const [ours = null, theirs = null, is = null] = valueTexts(texts);
    return line(file, change.path, ours, theirs, is, isOptional(file, change, both));
  });
}

function secretLine(
  file: string,
  factory: ConfigurationFiles,
  asFound: ConfigurationFiles,
  toBe: ConfigurationFiles,
): DifferenceLine {
  const text = ({ secrets }: ConfigurationFiles) =>
    secrets.includes(file) ? '"present, not compared"' : null;
  return line(file, '(secret)', text(factory), text(asFound), text(toBe), false);
}

function line(
  file: string,
  path: string,
  factory: string | null,
  asFound: string | null,
  toBe: string | null,
  optional: boolean,
): DifferenceLine {
  return { id: lineId(file, path), file, path, factory, asFound, toBe, optional };
}
