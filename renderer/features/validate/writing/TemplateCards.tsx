import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import type { Template } from '../../../../shared/contract/rule-template.ts';
import { StatusMark } from '../../../ui/StatusMark.tsx';
import { useWords } from '../../common/useWords.ts';
import { type Unfit, unfitFor } from './adding.ts';
import { useTemplateWords } from './templateWords.ts';
import styles from './writing.module.css';

/** Kinds of rules by what the engineer means; one that this unit cannot use says why. */
export function TemplateCards(props: {
  templates: readonly Template[];
  channels: readonly ProfileChannel[];
  onChoose: (template: Template) => void;
  onPlain: () => void;
}) {
  const { t } = useTranslation();
  const words = useTemplateWords();
  const judged = props.templates.map((template) => ({ template, unfit: unfitFor(template, props.channels) }));
  // What is made for a measurand is likelier meant than what fits anything; what cannot be used stands last.
  const rank = ({ template, unfit }: (typeof judged)[number]): number =>
    unfit === null ? Number(template.measurands.length === 0) : 2;
  return (
    <ul className={styles.cards}>
      <Kind title={t('ruleWriting.plain')} purpose={t('ruleWriting.plainPurpose')} onPress={props.onPlain} />
      {judged
        .toSorted((a, b) => rank(a) - rank(b))
        .map(({ template, unfit }) =>
          unfit === null ? (
            <Kind
              key={template.id}
              title={words.title(template)}
              purpose={words.purpose(template)}
              onPress={() => props.onChoose(template)}
            />
          ) : (
            <NoKind
              key={template.id}
              title={words.title(template)}
              purpose={words.purpose(template)}
              unfit={unfit}
            />
          ),
        )}
    </ul>
  );
}

function Kind(props: { title: string; purpose: string; onPress: () => void }) {
  return (
    <li>
      <AriaButton className={styles.card ?? ''} onPress={props.onPress}>
        <strong>{props.title}</strong>
        <span>{props.purpose}</span>
      </AriaButton>
    </li>
  );
}

function NoKind({ title, purpose, unfit }: { title: string; purpose: string; unfit: Unfit }) {
  const { t } = useTranslation();
  const words = useWords();
  const measurands = unfit.measurands.map((id) => words(`ruleWriting.measurand.${id}`, {}) ?? id).join(', ');
  const { needed, has } = unfit;
  return (
    <li className={styles.noCard}>
      <strong>{title}</strong>
      <span>{purpose}</span>
      <StatusMark
        status="none"
        word={
          measurands === ''
            ? t('ruleWriting.unfit.channels', { needed, has })
            : t('ruleWriting.unfit.measurand', { measurands, needed, has })
        }
      />
    </li>
  );
}
