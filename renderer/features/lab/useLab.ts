import { create } from 'zustand';
import type { BasedOn } from '../../../shared/contract/lab.ts';
import type { DataFault, LabData } from '../../../shared/contract/recordings.ts';
import type { AuthorRule, ValidateState } from '../../../shared/contract/validate.ts';

export const labTabs = ['replay', 'sweep', 'why', 'faults', 'live', 'coverage', 'monitor'] as const;
export type LabTab = (typeof labTabs)[number];

interface LabView {
  recording: string | null;
  faults: readonly DataFault[];
  /** Changed rules, and the rules (as text) from which they were changed: under others they count for nothing. */
  draft: { of: string; rules: readonly AuthorRule[] } | null;
  /** What the draft improves, where it came out of a comparison. */
  basedOn: BasedOn | null;
  tab: LabTab;
  /** Place of the rule that is worked on. */
  rule: number;
  /** The number that is swept, by its place in the rule. */
  path: string | null;
  /** Chosen instant, ms of the recording's clock. */
  at: number | null;
}

const fresh: LabView = {
  recording: null,
  faults: [],
  draft: null,
  basedOn: null,
  tab: 'replay',
  rule: 0,
  path: null,
  at: null,
};

/** By wizard, so that one may leave the screen and come back to it. */
const useViews = create<Readonly<Record<string, LabView>>>(() => ({}));

/** The lab of one wizard: what is tried, on what, and what is looked at. */
export interface Lab extends Omit<LabView, 'draft'> {
  /** Null: no recording is chosen yet. */
  data: LabData | null;
  /** The rules that are tried: the kept ones, or what was made of them. */
  rules: readonly AuthorRule[];
  /** They differ from the kept ones. */
  changed: boolean;
  change: (part: Partial<Omit<LabView, 'draft'>>) => void;
  /** Another rule in the place of the one that is worked on. */
  changeRule: (rule: AuthorRule) => void;
  dropDraft: () => void;
}

/** `newest`: the recording that is taken where none was chosen. */
export function useLab({ id, rules }: ValidateState, newest: string | null): Lab {
  const { draft, ...view } = useViews((views) => views[id]) ?? fresh;
  const kept = rules ?? [];
  const of = JSON.stringify(kept);
  const mine = draft !== null && draft.of === of ? draft.rules : kept;
  const put = (part: Partial<LabView>): void =>
    useViews.setState((views) => ({ [id]: { ...(views[id] ?? fresh), ...part } }));
  const recording = view.recording ?? newest;
  return {
    ...view,
    recording,
    rule: Math.min(view.rule, Math.max(0, kept.length - 1)),
    data: recording === null ? null : { recording, faults: [...view.faults], seed: 1 },
    rules: mine,
    changed: JSON.stringify(mine) !== of,
    change: put,
    changeRule: (rule) =>
      put({
        draft: {
          of,
          rules: mine.map((each, at) => (at === Math.min(view.rule, mine.length - 1) ? rule : each)),
        },
      }),
    dropDraft: () => put({ draft: null, basedOn: null }),
  };
}
