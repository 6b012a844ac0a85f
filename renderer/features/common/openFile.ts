/** Long enough for a viewer to have read it; then the memory is given back. */
const KEEP_MS = 60_000;

const types = {
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv',
  dcc: 'application/xml',
  // Saved and never opened from here: a page of a blob would run as this one.
  html: 'application/octet-stream',
} as const;
export type FileKind = keyof typeof types;

/** A PDF opens in a tab of its own; where the window allows none, and for data, it is saved under its name. */
export function openFile({ name, base64 }: { name: string; base64: string }, kind: FileKind): void {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: types[kind] }));
  const opened = kind === 'pdf' ? window.open(url) : null;
  if (opened === null) save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}

/** Saves what came in pieces, such as an archive. */
export function saveBytes(pieces: Uint8Array<ArrayBuffer>[], name: string): void {
  const url = URL.createObjectURL(new Blob(pieces, { type: 'application/octet-stream' }));
  save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
