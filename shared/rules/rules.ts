export { compileRules } from './compile.ts';
export type { CompileChannel } from './compile-channel.ts';
export { readDeviceForm } from './device-form.ts';
export { type Columns, createEngine, type Engine, type Insight } from './engine.ts';
export { absent, type Inputs } from './nodes.ts';
export type { Persisted } from './persist.ts';
export type { RuleDecision } from './rule-machine.ts';
export { createShadow, type Shadow, type ShadowReport } from './shadow.ts';
export type { Shelve } from './telling.ts';
