import type { RecordingPreview } from '../../../shared/contract/recordings.ts';

export type ImportMistake = { key: 'noChannel' | 'noRows' | 'noName' } | { key: 'twice'; channel: string };

/** Why a file cannot be taken in as it is; null where it can. */
export function importMistake(preview: RecordingPreview, name: string): ImportMistake | null {
  const channels = preview.columns.flatMap(({ channel }) => (channel === null ? [] : [channel]));
  const twice = channels.find((channel, index) => channels.indexOf(channel) !== index);
  if (twice !== undefined) return { key: 'twice', channel: twice };
  if (channels.length === 0) return { key: 'noChannel' };
  if (preview.taken === 0) return { key: 'noRows' };
  return name.trim() === '' ? { key: 'noName' } : null;
}

/** The file's name without its folders and its ending, as long as a recording's name may be. */
export function nameOfFile(file: string): string {
  const bare = file.replace(/^.*[\\/]/, '').replace(/\.(?:csv|txt|tsv|jsonl|ndjson)$/i, '');
  return bare.trim().slice(0, 80);
}
