/** What a task gets while it works for a wizard. Facts are journalled, progress is not. */
export interface TaskContext<Fact> {
  /** Aborted when a person stops the task or the app closes. */
  readonly signal: AbortSignal;
  /** Something was found out or done. It is in the record when this returns. */
  readonly fact: (fact: Fact) => void;
  readonly progress: (
    key: string,
    params: Record<string, string | number>,
    done: number,
    total: number,
  ) => void;
}

/** One task of a wizard: works from the state that started it, reports facts, throws a `Failure`. */
export type RunTask<State, Fact> = (state: State, context: TaskContext<Fact>) => Promise<void>;

/** Task kind (as in `state.task.kind`) -> what to do. */
export type TaskTable<State, Fact> = Readonly<Record<string, RunTask<State, Fact>>>;
