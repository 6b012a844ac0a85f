export type { RecordedChannel, ValueColumn } from './columns.ts';
export { exportRecording } from './export.ts';
export { type Import, type ImportOptions, importRecording, type RecordedBlock } from './import.ts';
export { readable } from './lines.ts';
export { loadRecording, type OpenRecording, openRecording, type RecordingFile } from './load.ts';
export { type ColumnPreview, type Preview, previewRecording } from './preview.ts';
export { type RecordedFrames, recordedFrames } from './recorded-frames.ts';
