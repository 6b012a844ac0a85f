import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import form from '../common/form.module.css';
import type { LabProps } from './labProps.ts';
import { type RuleNumber, withNumber } from './numbers.ts';
import { useNumberWords } from './useNumberWords.ts';

/** The value that was found, and what was learned: both go into a new version that names the old. */
export function LearnedValue(
  props: LabProps & { number: RuleNumber; value: string; wrong: number; right: number },
) {
  const { state, lab, channels, number, value } = props;
  const { t } = useTranslation();
  const words = useNumberWords(channels);
  const rule = state.rules?.[lab.rule];
  const usual = t('lab.lessonUsual', {
    id: rule?.id ?? '',
    wrong: props.wrong,
    right: props.right,
    name: words.name(number),
    from: words.value(number, number.text),
    to: words.value(number, value),
  });
  const [typed, setTyped] = useState<string | null>(null);
  const lesson = typed ?? usual;
  const revision = state.compiled?.revision;
  const short = lesson.trim().length < 3;
  const take = () => {
    if (rule === undefined || revision === undefined || short) return;
    lab.changeRule(withNumber(rule, number, value));
    lab.change({ basedOn: { revision, lesson: lesson.trim() } });
  };
  return (
    <>
      <StatusMark
        status="good"
        word={t('lab.valueHelps', { name: words.name(number), value: words.value(number, value) })}
      />
      <TextField
        label={t('lab.lesson')}
        hint={t('lab.lessonHint', { revision: revision ?? '' })}
        value={lesson}
        onChange={setTyped}
        maxLength={300}
        onEnter={take}
      />
      <div className={form.line}>
        <Button isDisabled={short || revision === undefined || lab.changed} onPress={take}>
          {t('lab.takeLearned')}
        </Button>
        {lab.changed && <p className={form.note}>{t('lab.learnedTaken')}</p>}
      </div>
    </>
  );
}
