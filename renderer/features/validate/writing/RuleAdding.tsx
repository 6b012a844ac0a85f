import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import type { Template } from '../../../../shared/contract/rule-template.ts';
import { Button } from '../../../ui/Button.tsx';
import { FailureNotice } from '../../common/FailureNotice.tsx';
import { newRule } from '../draft.ts';
import { TemplateCards } from './TemplateCards.tsx';
import { TemplateForm } from './TemplateForm.tsx';
import { useTemplateWords } from './templateWords.ts';
import { useTemplates } from './useTemplates.ts';
import styles from './writing.module.css';
import { type Adding, type Written, withRule } from './written.ts';

/** A rule is added: first what it is about, then the few questions that this kind of rule has. */
export function RuleAdding(props: {
  adding: Adding;
  written: Written;
  channels: readonly ProfileChannel[];
  onChange: (part: Partial<Written>) => void;
}) {
  const { adding, written, channels, onChange } = props;
  const { t } = useTranslation();
  const words = useTemplateWords();
  const { library, failure } = useTemplates();
  const template = library?.templates.find(({ id }) => id === adding.template);
  const heading = useFocusOn(adding.template, written.drafts.length > 0);
  if (failure !== null) return <FailureNotice failure={failure} />;
  if (library === null) return null;
  const choose = (chosen: Template) => onChange({ adding: { template: chosen.id, answers: {} } });
  const plain = () =>
    onChange(
      withRule(
        written,
        newRule(
          channels[0],
          library.deadBands,
          written.drafts.map(({ id }) => id),
        ),
        true,
      ),
    );
  return (
    <section className={`${styles.adding} ${styles.typed}`} aria-label={t('ruleWriting.title')}>
      <h2 ref={heading} tabIndex={-1}>
        {template === undefined ? t('ruleWriting.title') : words.title(template)}
      </h2>
      {template === undefined ? (
        <TemplateCards templates={library.templates} channels={channels} onChoose={choose} onPlain={plain} />
      ) : (
        <TemplateForm
          template={template}
          given={adding.answers}
          deadBands={library.deadBands}
          channels={channels}
          drafts={written.drafts}
          onChange={(answers) => onChange({ adding: { ...adding, answers } })}
        />
      )}
      <div className={styles.ways}>
        {template !== undefined && (
          <Button onPress={() => onChange({ adding: { template: null, answers: {} } })}>
            {t('ruleWriting.otherKind')}
          </Button>
        )}
        {written.drafts.length > 0 && (
          <Button onPress={() => onChange({ adding: null, moved: 'removed' })}>{t('wizard.cancel')}</Button>
        )}
      </div>
    </section>
  );
}

/** What is asked now takes the focus; the first question of a page leaves it where it was. */
function useFocusOn(template: string | null, atOnce: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(!atOnce);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the template itself is not read, its change is what counts.
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [template]);
  return heading;
}
