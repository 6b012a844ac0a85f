import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BenchFault, BenchState } from '../../../shared/contract/bench.ts';
import { Chart } from '../../live/Chart.tsx';
import { SampleRing } from '../../live/ring.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { parseDecimal } from '../../ui/decimal.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { Page } from '../common/Page.tsx';
import { go } from '../common/route.ts';
import { useCall } from '../common/useCall.ts';
import { useChartWords } from '../common/useChartWords.ts';
import { BoardCard } from './BoardCard.tsx';

const bath = new SampleRing(2, 3_600);

export function BenchPage() {
  const { t } = useTranslation();
  const host = useHost();
  const bench = useDesk((desk) => desk.bench);
  const { run, running, failure } = useCall();
  useEffect(() => {
    run(async () => useDesk.setState({ bench: await host.call('bench.state', {}) }));
  }, [host, run]);
  if (bench === null) {
    return (
      <Page title={t('bench.title')}>
        <EmptyState title={t('bench.absentTitle')}>
          <p>{t('bench.absent')}</p>
        </EmptyState>
      </Page>
    );
  }
  const fault = (board: number, what: BenchFault) =>
    run(async () => useDesk.setState({ bench: await host.call('bench.fault', { board, fault: what }) }));
  return (
    <Page
      title={t('bench.title')}
      lead={t('bench.lead')}
      actions={
        <Button look="main" onPress={() => go('demo')}>
          {t('bench.demo')}
        </Button>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      <Bath bench={bench} />
      {bench.boards.map((board) => (
        <BoardCard
          key={board.board}
          board={board}
          others={bench.boards.filter((other) => other.board !== board.board).map((other) => other.board)}
          isDisabled={running}
          onFault={(what) => fault(board.board, what)}
        />
      ))}
    </Page>
  );
}

function Bath({ bench }: { bench: BenchState }) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const words = useChartWords();
  const { run, running, failure } = useCall();
  const [typed, setTyped] = useState(String(bench.setPointCelsius));
  const value = parseDecimal(typed);
  const wrong = value === null || Number(value) < -40 || Number(value) > 150;
  useEffect(() => {
    // The host tells of changes only; in between the bath stands where it stood.
    const timer = setInterval(() => {
      const now = useDesk.getState().bench;
      if (now !== null) bath.push(Date.now(), [now.bathCelsius, now.setPointCelsius]);
    }, 500);
    return () => clearInterval(timer);
  }, []);
  const figure = (celsius: number) =>
    celsius.toLocaleString(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const set = () =>
    run(async () =>
      useDesk.setState({ bench: await host.call('bench.setPoint', { celsius: Number(value) }) }),
    );
  return (
    <Card title={t('bench.bath')}>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className={styles.row}>
        <Figure
          label={t('bench.temperature')}
          value={figure(bench.bathCelsius)}
          unit="°C"
          size="large"
          widest="−000.00"
        />
        <Figure
          label={t('bench.setPoint')}
          value={figure(bench.setPointCelsius)}
          unit="°C"
          size="large"
          widest="−000.00"
        />
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
