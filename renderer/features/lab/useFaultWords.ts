import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { DataFault } from '../../../shared/contract/recordings.ts';
import { showDecimal, showSigned } from '../../ui/decimal.ts';
import { unitSymbol } from '../common/show.ts';

/** A fault in a few words: `Spike of +5.0 °C on t1`. */
export function useFaultWords(channels: readonly ProfileChannel[]): (fault: DataFault) => string {
  const { t, i18n } = useTranslation();
  return (fault) => {
    if (fault.kind === 'clock')
      return t('lab.faultIs.clock', { seconds: showSigned(String(fault.ms / 1000), i18n.language) });
    const { input } = fault;
    const unit = unitSymbol(channels.find(({ id }) => id === input)?.unit ?? '');
    const amount = (text: string) => `${showSigned(text, i18n.language)} ${unit}`.trim();
    switch (fault.kind) {
      case 'spike':
        return t('lab.faultIs.spike', { input, amount: amount(fault.height) });
      case 'stuck':
        return t('lab.faultIs.stuck', { input });
      case 'dropout':
        return t(fault.how === 'bad' ? 'lab.faultIs.bad' : 'lab.faultIs.silent', { input });
      case 'drift':
        return t('lab.faultIs.drift', { input, amount: amount(fault.perHour) });
      case 'noise':
        return t('lab.faultIs.noise', {
          input,
          amount: `${showDecimal(fault.amplitude, i18n.language)} ${unit}`.trim(),
        });
    }
  };
}
