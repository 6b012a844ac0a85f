import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { showDecimal } from '../../ui/decimal.ts';
import { unitSymbol } from '../common/show.ts';
import type { RuleNumber } from './numbers.ts';

export interface NumberWords {
  name: (number: RuleNumber) => string;
  unit: (number: RuleNumber) => string;
  /** A text of it with its unit: `60.0 °C`, `5 s`. */
  value: (number: RuleNumber, text: string) => string;
}

/** How the numbers of a rule are called, and in which unit they are. */
export function useNumberWords(channels: readonly ProfileChannel[]): NumberWords {
  const { t, i18n } = useTranslation();
  const unit = ({ kind, sensor, per }: RuleNumber): string => {
    const symbol = unitSymbol(channels.find(({ id }) => id === sensor)?.unit ?? '');
    if (kind === 'value') return symbol;
    if (kind === 'factor') return t('lab.usualDeviations');
    return kind === 'rate' ? `${symbol}/${per ?? 's'}` : '';
  };
  return {
    name: ({ name }) => t(`lab.number.${name}`),
    unit,
    value: (number, text) =>
      number.kind === 'duration'
        ? text.replace(/(\d)([a-z])/, '$1 $2')
        : `${showDecimal(text, i18n.language)} ${unit(number)}`.trim(),
  };
}
