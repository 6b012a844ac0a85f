import { useTranslation } from 'react-i18next';
import type { BasedOn } from '../../../../shared/contract/lab.ts';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import type { ValidateState } from '../../../../shared/contract/validate.ts';
import { useDesk } from '../../common/desk.ts';
import type { MainAction } from '../../common/WizardFrame.tsx';
import { draftOf, type Rules, readDraft } from '../draft.ts';
import { addedRule } from './adding.ts';
import { earlierOf } from './earlier.ts';
import { judge } from './judge.ts';
import { keepWritten, placeOf, useKept } from './keptWriting.ts';
import { useTemplateWords } from './templateWords.ts';
import { type Templates, useTemplates } from './useTemplates.ts';
import { beginWriting, type Earlier, improves, isAbout, rulesOf, type Written, withRule } from './written.ts';

export interface Writing {
  written: Written;
  change: (part: Partial<Written>) => void;
  earlier: Earlier | null;
  /** The rules differ from the earlier ones: what was learned is due. */
  isNewVersion: boolean;
  /** What the wizard is sent; null where something is not right yet. */
  rules: Rules | null;
  basedOn: BasedOn | null;
  /** Why the rules cannot be sent, in words. */
  blocked: string | null;
  /** What is done first: a rule is being added. */
  main: MainAction | null;
}

export function useWriting(state: ValidateState, channels: readonly ProfileChannel[]): Writing {
  const { t } = useTranslation();
  const wizards = useDesk((desk) => desk.wizards);
  const place = placeOf(state);
  const kept = useKept((all) => all.written[place]);
  const { library } = useTemplates();
  const earlier = earlierOf(state, Object.values(wizards));
  const written = kept !== undefined && isAbout(kept, state) ? kept : beginWriting(state, earlier);
  const change = (part: Partial<Written>) => keepWritten(place, { ...written, ...part });
  const rules = rulesOf(written);
  const lesson = written.lesson.trim();
  const isNewVersion = earlier !== null && improves(rules, earlier);
  const basedOn = isNewVersion && lesson.length >= 3 ? { revision: earlier.revision, lesson } : null;
  return {
    written,
    change,
    earlier,
    isNewVersion,
    rules,
    basedOn,
    blocked:
      useReason(written, rules, channels) ??
      (isNewVersion && basedOn === null ? t('ruleWriting.lessonDue') : null),
    main: useAdding(written, change, library, channels),
  };
}

/** Why the rules cannot be sent yet. */
function useReason(
  written: Written,
  rules: Rules | null,
  channels: readonly ProfileChannel[],
): string | null {
  const { t } = useTranslation();
  if (rules !== null) {
    const refused = judge(rules.map(draftOf), channels, []).findIndex((rule) => rule.refused.length > 0);
    return refused < 0 ? null : t('ruleWriting.ruleRefused', { id: rules[refused]?.id ?? '' });
  }
  if (written.view === 'text' && written.text !== null) return t('ruleWriting.textNotRight');
  const wrong = written.drafts.find((draft) => 'mistakes' in readDraft(draft));
  return wrong === undefined ? t('validate.rulesNotRight') : t('ruleWriting.ruleNotRight', { id: wrong.id });
}

/** While a rule is being added, adding it is the one main action of the screen. */
function useAdding(
  written: Written,
  change: Writing['change'],
  library: Templates | null,
  channels: readonly ProfileChannel[],
): MainAction | null {
  const { t } = useTranslation();
  const words = useTemplateWords();
  const { adding, view } = written;
  if (adding === null || view === 'text') return null;
  const label = t('ruleWriting.add');
  const template = library?.templates.find(({ id }) => id === adding.template);
  if (template === undefined || library === null) {
    return { label, blocked: t('ruleWriting.chooseFirst'), onPress: () => undefined };
  }
  const made = addedRule(template, adding.answers, library.deadBands, channels, written.drafts, words);
  const rule = 'rule' in made && made.mistakes.length === 0 ? made.rule : null;
  return {
    label,
    blocked: rule === null ? t('ruleWriting.answersNotRight') : null,
    onPress: () => rule !== null && change(withRule(written, draftOf(rule), false)),
  };
}
