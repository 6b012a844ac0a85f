export { compileRules } from './compile.ts';
export type { CompileChannel } from './compile-channel.ts';
export { readDeviceForm } from './device-form.ts';
export { createEngine, type Engine } from './engine.ts';
export type { Inputs } from './nodes.ts';
export type { RuleDecision } from './rule-machine.ts';
export { createShadow, type Shadow, type ShadowReport } from './shadow.ts';
