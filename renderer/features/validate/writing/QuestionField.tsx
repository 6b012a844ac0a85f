import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import type { DeadBands, Question, Template } from '../../../../shared/contract/rule-template.ts';
import { type Answers, channelOf, fitting, usualFor } from '../../../../shared/rules/template-fill.ts';
import { Choice } from '../../../ui/Choice.tsx';
import { DecimalField } from '../../../ui/DecimalField.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { unitSymbol } from '../../common/show.ts';
import { DurationField } from './DurationField.tsx';
import { useTemplateWords } from './templateWords.ts';
import { useUsualHint } from './usualHint.ts';
import own from './writing.module.css';

interface QuestionProps {
  template: Template;
  question: Question;
  answers: Answers;
  error: string | null;
  channels: readonly ProfileChannel[];
  deadBands: DeadBands;
  onChange: (answer: string) => void;
}

/** A question of a template by its kind, with what is usual and where that comes from. */
export function QuestionField(props: QuestionProps) {
  const { template, question, answers, error, onChange } = props;
  const { t } = useTranslation();
  const words = useTemplateWords();
  const label = words.question(template, question);
  const value = answers[question.id] ?? '';
  const { hint, unit } = useAbout(props);
  switch (question.kind) {
    case 'sensor':
      return (
        <Select
          label={label}
          choices={fitting(template, props.channels).map(({ id, title }) => ({
            id,
            label: `${id}: ${title}`,
          }))}
          value={value === '' ? null : value}
          hint={error ?? undefined}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <div className={own.whole}>
          <Choice
            label={label}
            choices={question.options.map((option) => ({
              id: option.id,
              label: words.option(template, question.id, option),
            }))}
            value={value}
            onChange={onChange}
          />
        </div>
      );
    case 'duration':
      return <DurationField label={label} value={value} hint={hint} error={error} onChange={onChange} />;
    case 'whole':
      return <TextField label={label} value={value} figure error={error} onChange={onChange} maxLength={6} />;
    default:
      return (
        <DecimalField
          label={label}
          value={value}
          unit={unit}
          hint={hint}
          error={error}
          onChange={onChange}
          invalidText={t('form.decimal')}
        />
      );
  }
}

/** The unit of the channel that it asks about, and what is usual there. */
function useAbout({ template, question, answers, channels, deadBands }: QuestionProps) {
  const hint = useUsualHint();
  if (question.kind === 'sensor' || question.kind === 'choice') return { hint: undefined, unit: '' };
  const channel = channelOf(question, answers, fitting(template, channels));
  const isMeasured = question.kind === 'value' || question.kind === 'width' || question.kind === 'rate';
  const unit = isMeasured ? unitSymbol(channel?.unit ?? '') : '';
  return { hint: hint(usualFor(question, channel, deadBands), answers[question.id] ?? '', unit), unit };
}
