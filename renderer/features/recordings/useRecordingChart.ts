import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabData } from '../../../shared/contract/recordings.ts';
import type { RecordingChartProps, RecordingChartWords } from '../../live/recordingChartProps.ts';
import { useHost } from '../common/host.ts';

/**
 * What a chart of a recording needs from the host and the catalogue. `data` is compared by what it says, so that the
 * picture is fetched again only where another recording is meant or something else is put into it.
 */
export function useRecordingChart(data: LabData): Pick<RecordingChartProps, 'plot' | 'words' | 'language'> {
  const host = useHost();
  const { i18n } = useTranslation();
  const said = JSON.stringify(data);
  const plot = useCallback<RecordingChartProps['plot']>(
    (from, to, points) =>
      host.call('recordings.plot', { data: JSON.parse(said) as LabData, from, to, points }),
    [host, said],
  );
  return { plot, words: useRecordingChartWords(), language: i18n.language };
}

function useRecordingChartWords(): RecordingChartWords {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      channel: t('recordings.chart.channel'),
      rule: t('recordings.chart.rule'),
      timeOfDay: t('recordings.chart.timeOfDay'),
      timeFromStart: t('recordings.chart.timeFromStart'),
      keys: t('recordings.chart.keys'),
      table: t('recordings.chart.table'),
      atInstant: t('recordings.chart.atInstant'),
      min: t('recordings.chart.min'),
      max: t('recordings.chart.max'),
      gaps: t('recordings.chart.gaps'),
      alarms: t('recordings.chart.alarms'),
      firstAlarm: t('recordings.chart.firstAlarm'),
      shownFirst: t('recordings.chart.shownFirst'),
      from: t('recordings.chart.from'),
      until: t('recordings.chart.until'),
      stillOn: t('recordings.chart.stillOn'),
      marked: t('recordings.chart.marked'),
      loading: t('recordings.chart.loading'),
      nothing: t('recordings.chart.nothing'),
      instant: t('recordings.chart.instant'),
    }),
    [t],
  );
}
