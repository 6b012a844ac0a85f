import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import styles from '../../common/form.module.css';
import type { RuleDraft } from '../draft.ts';
import { RuleForm } from '../RuleForm.tsx';
import type { Judged } from './judge.ts';
import { changedRule, type Written, withoutRule } from './written.ts';

/** Every rule of the unit, one of them open. */
export function RuleList(props: {
  written: Written;
  judged: readonly Judged[];
  channels: readonly ProfileChannel[];
  onChange: (part: Partial<Written>) => void;
}) {
  const { written, judged, channels, onChange } = props;
  const { drafts, open } = written;
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useFocusOnChange(list, written, onChange);
  const ids = drafts.map((draft) => draft.id);
  return (
    <div className={styles.stack} ref={list}>
      {drafts.map((draft, index) => (
        <RuleForm
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule's name is being typed here; its place is what stays.
          key={index}
          draft={draft}
          number={index + 1}
          judged={judged[index] ?? { rule: null, malformed: [], refused: [] }}
          isTwin={ids.indexOf(draft.id) !== index}
          isOpen={open === index}
          others={ids.filter((id) => id !== draft.id)}
          channels={channels}
          onOpen={(isOpen) => onChange({ open: isOpen ? index : null })}
          onChange={(changed: RuleDraft) => onChange({ drafts: changedRule(drafts, index, changed) })}
          onRemove={() => onChange(withoutRule(written, index))}
        />
      ))}
      <div>
        <Button data-add onPress={() => onChange({ adding: { template: null, answers: {} } })}>
          <Icon name="plus" />
          {t('validate.addRule')}
        </Button>
      </div>
    </div>
  );
}

const lastOf = (list: HTMLElement | null, selector: string): HTMLElement | undefined =>
  [...(list?.querySelectorAll<HTMLElement>(selector) ?? [])].at(-1);

/** Who works by keys goes on where the change is: at the rule that was added, or at the button that adds one. */
function useFocusOnChange(
  list: { current: HTMLDivElement | null },
  { moved, open, drafts }: Written,
  onChange: (part: Partial<Written>) => void,
): void {
  const follow = useEffectEvent(() => {
    const isOpen = moved === 'added' && open === drafts.length - 1;
    const rule = lastOf(list.current, '[data-rule]');
    const field = isOpen ? rule?.querySelector('input') : null;
    const next = field ?? lastOf(list.current, moved === 'added' ? '[data-edit]' : '[data-add]');
    next?.focus({ preventScroll: isOpen });
    if (isOpen) rule?.scrollIntoView({ block: 'start' });
    onChange({ moved: null });
  });
  useEffect(() => {
    if (moved !== null) follow();
  }, [moved]);
}
