export { type Compiled, compileRules } from './compile.ts';
export type { CompileChannel } from './compile-channel.ts';
export type { CompileOptions } from './compile-scope.ts';
export { decompileRules } from './decompile.ts';
export { readDeviceForm } from './device-form.ts';
export { type Columns, createEngine, type Engine, type Insight } from './engine.ts';
export { engineVersion } from './engine-version.ts';
export { absent, type Inputs } from './nodes.ts';
export type { Persisted } from './persist.ts';
export { type EventRow, eventRow, type RecordedFrame, replayFrames } from './replay-frames.ts';
export type { RuleDecision } from './rule-machine.ts';
export { createShadow, type Shadow, type ShadowReport } from './shadow.ts';
export type { Shelve } from './telling.ts';
export { parseCondition, parseRules, placeMistakes } from './text-parse.ts';
export { conditionText, printRules } from './text-print.ts';
export {
  firstDifference,
  type RuleVector,
  readVector,
  type VectorOutcome,
  vectorRow,
} from './vector.ts';
