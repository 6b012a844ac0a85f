import { z } from 'zod';
import { FailureRecord } from './failure.ts';

/** What every wizard's state has in common. The whole state is a fold of journalled actions. */
export const Task = z.strictObject({
  /** Counts up within a wizard; a task is started once for each number. */
  id: z.number().int().positive(),
  kind: z.string(),
});
export type Task = z.infer<typeof Task>;

export const WizardBase = {
  id: z.string(),
  step: z.string(),
  /** What the host is doing for this wizard right now. */
  task: Task.nullable(),
  /** How many tasks were started so far. */
  tasksStarted: z.number().int().nonnegative(),
  failure: FailureRecord.nullable(),
  done: z.boolean(),
} as const;

/** How far a running task is; transient, never journalled. */
export const TaskProgress = z.strictObject({
  wizard: z.string(),
  task: z.number().int(),
  /** In the field's terms: "staging 3 of 9 files". A key of the `progress` catalogue with parameters. */
  key: z.string().max(60),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  done: z.number(),
  total: z.number(),
});
export type TaskProgress = z.infer<typeof TaskProgress>;

/** Why a step's main action is not possible: a key of the `blocked` catalogue with parameters. */
export interface Blocked {
  key: string;
  params?: Record<string, string | number>;
}
