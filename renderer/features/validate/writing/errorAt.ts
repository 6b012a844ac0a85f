import type { Mistake } from '../../../../shared/contract/validate.ts';
import type { RuleDraft } from '../draft.ts';
import type { Judged } from './judge.ts';
import { useMistakeWords } from './mistakeWords.ts';

/** What is wrong at a field, by its paths; in these words where it is not well formed. Null: nothing is. */
export type ErrorAt = (paths: readonly string[], words?: string) => string | null;

const isAt = (path: string, paths: readonly string[]): boolean =>
  paths.some((each) => path === each || path.startsWith(`${each}.`));

export function useErrorAt({ malformed, refused }: Judged): ErrorAt {
  const said = useMistakeWords();
  return (paths, words) => {
    const unread = malformed.find(({ path }) => isAt(path, paths));
    if (unread !== undefined) return words ?? said(unread.message);
    const found = refused.find(({ path }) => isAt(path, paths));
    return found === undefined ? null : said(found.message);
  };
}

const always = [
  'id',
  'title',
  'for',
  'clearAfter',
  'remind',
  'firstOut',
  'inhibitedBy',
  'shelveAtMost',
  'actions',
];
const threshold = ['when.sensor', 'when.above', 'when.below', 'when.deadband'];

/** Paths that have a field of their own in the form of this rule. */
export const formFields = ({ condition }: RuleDraft): readonly string[] => [
  ...always,
  ...(condition === null ? threshold : ['when']),
];

/** What is wrong and stands at no field. */
export const restOf = ({ refused }: Judged, fields: readonly string[]): Mistake[] =>
  refused.filter(({ path }) => !isAt(path, fields));
