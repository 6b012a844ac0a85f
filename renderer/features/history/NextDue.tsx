import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../shared/contract/contract.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { parseDecimal } from '../../ui/decimal.ts';
import { Select } from '../../ui/Select.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { useCall } from '../common/useCall.ts';

const methods = ['staircase', 'a3', 's2', 'variables', 'fixed'] as const;

/** When the next calibration is due by a method, with what it rests on. */
export function NextDue({ unit, channel }: { unit: string; channel: string }) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const [method, setMethod] = useState<(typeof methods)[number]>('staircase');
  const [days, setDays] = useState('365');
  const [share, setShare] = useState('95');
  const [answer, setAnswer] = useState<Result<'calibration.nextDue'> | null>(null);
  const intervalDays = /^\d{1,5}$/.test(days) ? Number(days) : 0;
  const percent = parseDecimal(share);
  const right = intervalDays >= 1 && intervalDays <= 36_500 && isShare(percent);
  const ask = () =>
    run(async () => {
      const reliability = String(Number((Number(percent) / 100).toFixed(6)));
      setAnswer(await host.call('calibration.nextDue', { unit, channel, method, intervalDays, reliability }));
    });
  return (
    <Card title={t('history.dueTitle')}>
      <div className={styles.grid}>
        <Select
          label={t('history.method')}
          choices={methods.map((id) => ({ id, label: t(`history.methods.${id}`) }))}
          value={method}
          onChange={(id) => {
            setMethod(id);
            setAnswer(null);
          }}
        />
        <TextField
          label={t('history.interval')}
          value={days}
          unit={t('history.days')}
          figure
          onChange={setDays}
        />
        <DecimalField
          label={t('history.reliability')}
          value={share}
          unit="%"
          onChange={setShare}
          invalidText={t('form.decimal')}
        />
      </div>
      <div className={styles.line}>
        <Button isDisabled={running || !right} onPress={ask}>
          {t('history.calculate')}
        </Button>
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      {answer !== null && (
        <div role="status" className={styles.stack}>
          <StatusMark
            status={answer.due === null ? 'open' : 'good'}
            word={
              answer.due === null
                ? t('history.dueNone')
                : t('history.due', { due: answer.due, days: answer.intervalDays ?? 0 })
            }
          />
          <p lang="en">{answer.basis}</p>
        </div>
      )}
      <p className={styles.note}>{t('history.agreement')}</p>
    </Card>
  );
}

const isShare = (percent: string | null): boolean =>
  percent !== null && Number(percent) > 50 && Number(percent) < 100;
