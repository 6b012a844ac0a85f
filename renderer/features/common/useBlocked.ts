import type { Blocked } from '../../../shared/contract/wizard.ts';
import { useWords } from './useWords.ts';

/** A wizard's reason in the reader's words. */
export function useBlocked(): (blocked: Blocked | null) => string | null {
  const words = useWords();
  return (blocked) =>
    blocked === null ? null : (words(`blocked.${blocked.key}`, blocked.params ?? {}) ?? blocked.key);
}
