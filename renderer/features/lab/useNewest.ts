import { useEffect, useRef, useState } from 'react';
import { Failure, type FailureRecord } from '../../../shared/contract/failure.ts';

export interface Newest<T> {
  /** The newest answer that there is; it stays in sight until a newer one is there. */
  answer: T | null;
  /** To which question, by its key. */
  of: string | null;
  /** A newer answer is awaited. */
  running: boolean;
  failure: FailureRecord | null;
}

export interface Question<T> {
  /** Tells it from any other question: an equal key is the same question. */
  key: string;
  ask: () => Promise<T>;
}

interface Answered<T> {
  of: string | null;
  answer: T | null;
  failure: FailureRecord | null;
}

/**
 * Asks whenever the question is another one: one at a time, and after it the newest that came meanwhile, so that a
 * slider does not leave a queue behind.
 */
export function useNewest<T>(question: Question<T> | null): Newest<T> {
  const [state, setState] = useState<Answered<T>>({ of: null, answer: null, failure: null });
  const wanted = useRef(question);
  const asked = useRef<string | null>(null);
  const busy = useRef(false);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  useEffect(() => {
    wanted.current = question;
    const next = (): void => {
      const now = wanted.current;
      if (busy.current || left.current || now === null || now.key === asked.current) return;
      busy.current = true;
      asked.current = now.key;
      now
        .ask()
        .then(
          (answer) => setState({ of: now.key, answer, failure: null }),
          (thrown: unknown) =>
            setState(({ answer }) => ({ of: now.key, answer, failure: Failure.from(thrown).toJSON() })),
        )
        .finally(() => {
          busy.current = false;
          next();
        });
    };
    next();
  });
  return {
    of: state.of,
    answer: question === null ? null : state.answer,
    running: question !== null && state.of !== question.key,
    failure: question !== null && state.of === question.key ? state.failure : null,
  };
}
