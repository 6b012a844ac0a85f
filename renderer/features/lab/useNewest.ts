import { useEffect, useRef, useState } from 'react';
import { Failure, type FailureRecord } from '../../../shared/contract/failure.ts';

export interface Newest<T> {
  /** The newest answer about the same; it stays in sight until a newer one is there, or a failure. */
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
  /** What the answer is shown as one about, such as a rule: an older answer about something else is not shown. */
  about?: string;
  ask: () => Promise<T>;
}

export interface Answered<T> {
  of: string | null;
  about: string | undefined;
  answer: T | null;
  failure: FailureRecord | null;
}

/** What is shown while a question is asked: never an answer under the name of something else. */
export function shown<T>(state: Answered<T>, question: Omit<Question<T>, 'ask'> | null): Newest<T> {
  const isAnswered = question !== null && state.of === question.key;
  return {
    of: state.of,
    answer: question !== null && state.about === question.about ? state.answer : null,
    running: question !== null && !isAnswered,
    failure: isAnswered ? state.failure : null,
  };
}

/**
 * Asks whenever the question is another one: one at a time, and after it the newest that came meanwhile, so that a
 * slider does not leave a queue behind.
 */
export function useNewest<T>(question: Question<T> | null): Newest<T> {
  const [state, setState] = useState<Answered<T>>({
    of: null,
    about: undefined,
    answer: null,
    failure: null,
  });
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
          (answer) => setState({ of: now.key, about: now.about, answer, failure: null }),
          (thrown: unknown) =>
            setState({
              of: now.key,
              about: now.about,
              answer: null,
              failure: Failure.from(thrown).toJSON(),
            }),
        )
        .finally(() => {
          busy.current = false;
          next();
        });
    };
    next();
  });
  return shown(state, question);
}
