/** A configuration: the bytes of each of its files by name (`config.json`), as on a unit or as they are to be. */
export interface ConfigurationFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Names of the files with secrets that are there; what is in them is not looked at. */
  readonly secrets: readonly string[];
}

export const noFiles: ConfigurationFiles = { files: new Map(), secrets: [] };

export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined
    ? a === b
    : a.length === b.length && firstOtherByte(a, b) === a.length;
}

/** Where the first byte is another one; the length of the shorter where it begins the longer. */
export function firstOtherByte(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return at;
  return length;
}
