import { useTranslation } from 'react-i18next';
import { recordingMoment } from '../../live/recordingTime.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FaultForm } from './FaultForm.tsx';
import { KeptTests } from './KeptTests.tsx';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { useFaultWords } from './useFaultWords.ts';

/** What is put into the data, and what of it is kept as a test. */
export function FaultsTab(props: LabProps) {
  const { lab, facts, channels } = props;
  const { t, i18n } = useTranslation();
  const words = useFaultWords(channels);
  if (facts === null) return <p>{t('lab.recordingFirst')}</p>;
  return (
    <>
      <FaultForm {...props} facts={facts} />
      {lab.faults.length > 0 && (
        <ul className={styles.lines} aria-label={t('lab.faultsIn')}>
          {lab.faults.map((fault, at) => {
            const start = facts.from + ('at' in fault ? fault.at : fault.from);
            const moment = recordingMoment(start, facts, i18n.language);
            const text = t('lab.faultAt', { fault: words(fault), moment });
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two faults may be alike; their place is what stays.
              <li key={at} className={styles.line}>
                <span>{text}</span>
                <Button
                  look="quiet"
                  aria-label={t('lab.takeOut', { fault: text })}
                  onPress={() => lab.change({ faults: lab.faults.filter((_, place) => place !== at) })}
                >
                  <Icon name="bin" />
                  {t('validate.remove')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <KeptTests {...props} />
    </>
  );
}
