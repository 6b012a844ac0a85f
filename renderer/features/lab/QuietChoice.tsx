import { useTranslation } from 'react-i18next';
import type { ValidateIntent, ValidateState } from '../../../shared/contract/validate.ts';
import { Select } from '../../ui/Select.tsx';
import { spanText } from './times.ts';

const hour = 3600;
const usual = [10, 60, 600, hour, 8 * hour, 24 * hour, 7 * 24 * hour] as const;

/** How long normal operation must be in which a rule holds its tongue. */
export function QuietChoice(props: {
  state: ValidateState;
  act: (intent: ValidateIntent) => void;
  isDisabled: boolean;
}) {
  const { t, i18n } = useTranslation();
  const present = props.state.quietSeconds;
  const choices = [...new Set([...usual, present])].sort((a, b) => a - b);
  return (
    <Select
      label={t('lab.quietTime')}
      hint={t('lab.quietHint')}
      choices={choices.map((seconds) => ({
        id: String(seconds),
        label: spanText(seconds * 1000, i18n.language),
      }))}
      value={String(present)}
      onChange={(seconds) => props.act({ type: 'quiet', seconds: Number(seconds) })}
      isDisabled={props.isDisabled}
    />
  );
}
