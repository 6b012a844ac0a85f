import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decimalPlaces } from '../../../shared/units/units.ts';
import { Chart } from '../../live/Chart.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Select } from '../../ui/Select.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { Page } from '../common/Page.tsx';
import { go } from '../common/route.ts';
import { shortId, unitSymbol } from '../common/show.ts';
import { useChartWords } from '../common/useChartWords.ts';
import { type LiveStream, useLiveStream } from '../common/useLiveStream.ts';
import { useViewportHeight } from '../common/useViewportHeight.ts';
import { NewestFigures } from './NewestFigures.tsx';

const windows = ['30', '120', '600'] as const;

export function LivePage({ unit }: { unit: string | undefined }) {
  const { t } = useTranslation();
  const job = useDesk((desk) => desk.job);
  const [seconds, setSeconds] = useState<(typeof windows)[number]>('120');
  const running = (job?.units ?? []).filter(
    (row) => row.provisioned === 'done' || row.provisioned === 'open',
  );
  const chosen =
    running.find((row) => row.hardwareId === unit) ?? running.find((row) => row.present) ?? running[0];
  const { live, failure, retry } = useLiveStream(chosen?.hardwareId ?? null);
  if (chosen === undefined) {
    return (
      <Page title={t('live.title')}>
        <EmptyState
          title={t('live.emptyTitle')}
          actions={<Button onPress={() => go('job')}>{t('wizard.toJob')}</Button>}
        >
          <p>{t('live.emptyBody')}</p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={t('live.titleOf', { unit: chosen.settings?.tag ?? shortId(chosen.hardwareId) })}
      lead={[chosen.settings?.location, chosen.port].filter((text) => text !== undefined).join(' · ')}
      actions={
        <div className={styles.row}>
          {running.length > 1 && (
            <Select
              label={t('job.unit')}
              choices={running.map((row) => ({
                id: row.hardwareId,
                label: row.settings?.tag ?? shortId(row.hardwareId),
                detail: shortId(row.hardwareId),
              }))}
              value={chosen.hardwareId}
              onChange={(id) => go('live', id)}
            />
          )}
          <Select
            label={t('live.window')}
            choices={windows.map((id) => ({ id, label: t(`live.windows.${id}`) }))}
            value={seconds}
            onChange={setSeconds}
          />
          <Button onPress={() => go('recordings', chosen.hardwareId)}>{t('recordings.title')}</Button>
        </div>
      }
    >
      {failure !== null && (
        <FailureNotice failure={failure} action={<Button onPress={retry}>{t('app.tryAgain')}</Button>} />
      )}
      {live !== null && <LiveCharts live={live} seconds={Number(seconds)} />}
    </Page>
  );
}

function LiveCharts({ live, seconds }: { live: LiveStream; seconds: number }) {
  const { i18n } = useTranslation();
  const words = useChartWords();
  const viewport = useViewportHeight();
  return (
    <>
      <NewestFigures live={live} />
      {live.channels.map((channel, column) => {
        const unit = unitSymbol(channel.unit);
        const places = Math.min(decimalPlaces(channel.quantum), 3);
        return (
          <Chart
            key={channel.id}
            label={`${channel.title} ${channel.id}`}
            ring={live.ring}
            series={[{ column, label: channel.title }]}
            valueTitle={`${channel.title} (${unit})`}
            unit={unit}
            places={places}
            language={i18n.language}
            windowSeconds={seconds}
            leastSpan={200 * Number(channel.quantum)}
            height={live.channels.length > 1 ? 240 : Math.max(260, viewport - 400)}
            words={words}
          />
        );
      })}
    </>
  );
}
