export { frameLines } from './frame-lines.ts';
export { readable } from './lines.ts';
export { type RecordedFrames, recordedFrames } from './recorded-frames.ts';
