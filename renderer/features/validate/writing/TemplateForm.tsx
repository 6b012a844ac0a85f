import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import type { DeadBands, Template } from '../../../../shared/contract/rule-template.ts';
import type { Answers } from '../../../../shared/rules/template-fill.ts';
import { StatusMark } from '../../../ui/StatusMark.tsx';
import type { RuleDraft } from '../draft.ts';
import { addedRule } from './adding.ts';
import { useMistakeWords } from './mistakeWords.ts';
import { QuestionField } from './QuestionField.tsx';
import { Sentence } from './Sentence.tsx';
import { useTemplateWords } from './templateWords.ts';
import own from './writing.module.css';

/** The questions of one kind of rule with the usual answers in them, and the rule that they make as a sentence. */
export function TemplateForm(props: {
  template: Template;
  given: Answers;
  deadBands: DeadBands;
  channels: readonly ProfileChannel[];
  drafts: readonly RuleDraft[];
  onChange: (answers: Answers) => void;
}) {
  const { template, given, deadBands, channels, drafts, onChange } = props;
  const { t } = useTranslation();
  const words = useTemplateWords();
  const said = useMistakeWords();
  const added = addedRule(template, given, deadBands, channels, drafts, words);
  const errorOf = (id: string): string | null => {
    const mistake = added.mistakes.find(({ path }) => path === id);
    if (mistake === undefined) return null;
    return (added.answers[id] ?? '') === '' ? t('ruleWriting.notAnswered') : said(mistake.message);
  };
  return (
    <>
      <div className={own.questions}>
        {template.questions.map((question) => (
          <QuestionField
            key={question.id}
            template={template}
            question={question}
            answers={added.answers}
            error={errorOf(question.id)}
            channels={channels}
            deadBands={deadBands}
            onChange={(text) => onChange({ ...given, [question.id]: text })}
          />
        ))}
      </div>
      <Sentence rule={'rule' in added ? added.rule : null} channels={channels} />
      {added.mistakes
        .filter(({ path }) => path === '')
        .map(({ message }) => (
          <StatusMark key={message} status="bad" word={said(message)} />
        ))}
    </>
  );
}
