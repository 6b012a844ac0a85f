import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BenchState } from '../../../shared/contract/bench.ts';
import { Chart } from '../../live/Chart.tsx';
import { SampleRing } from '../../live/ring.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { parseDecimal } from '../../ui/decimal.ts';
import { Figure } from '../../ui/Figure.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { useCall } from '../common/useCall.ts';
import { useChartWords } from '../common/useChartWords.ts';

const bath = new SampleRing(2, 3_600);

/** The one bath in which every board's sensor and the reference sit. */
export function Bath({ bench }: { bench: BenchState }) {
  const { t, i18n } = useTranslation();
  const words = useChartWords();
  useEffect(() => {
    // The host tells of changes only; in between the bath stands where it stood.
    const timer = setInterval(() => {
      const now = useDesk.getState().bench;
      if (now !== null) bath.push(Date.now(), [now.bathCelsius, now.setPointCelsius]);
    }, 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <Card title={t('bench.bath')}>
      <SetPoint bench={bench} />
      <Chart
        label={t('bench.bath')}
        ring={bath}
        series={[
          { column: 0, label: t('bench.temperature') },
          { column: 1, label: t('bench.setPoint') },
        ]}
        valueTitle={`${t('bench.temperature')} (°C)`}
        unit="°C"
        places={2}
        language={i18n.language}
        windowSeconds={120}
        leastSpan={5}
        height={220}
        words={words}
      />
    </Card>
  );
}

/** Where the bath stands, where it goes, and where it is to go next. */
function SetPoint({ bench }: { bench: BenchState }) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const [typed, setTyped] = useState(String(bench.setPointCelsius));
  const value = parseDecimal(typed);
  const wrong = value === null || Number(value) < -40 || Number(value) > 150;
  const figure = (celsius: number) =>
    celsius.toLocaleString(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const set = () =>
    run(async () =>
      useDesk.setState({ bench: await host.call('bench.setPoint', { celsius: Number(value) }) }),
    );
  const common = { unit: '°C', size: 'large', widest: '−000.00' } as const;
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className={styles.row}>
        <Figure label={t('bench.temperature')} value={figure(bench.bathCelsius)} {...common} />
        <Figure label={t('bench.setPoint')} value={figure(bench.setPointCelsius)} {...common} />
        <DecimalField
          label={t('bench.newSetPoint')}
          value={typed}
          unit="°C"
          onChange={setTyped}
          error={wrong ? t('bench.range') : null}
          invalidText={t('form.decimal')}
        />
        <Button isDisabled={running || wrong} onPress={set}>
          {t('bench.set')}
        </Button>
      </div>
    </>
  );
}
