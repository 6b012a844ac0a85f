import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartWords } from '../../live/chartProps.ts';

export function useChartWords(): ChartWords {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      channel: t('chart.channel'),
      time: t('chart.time'),
      keys: t('chart.keys'),
      table: t('chart.table'),
      last: t('chart.last'),
      min: t('chart.min'),
      mean: t('chart.mean'),
      max: t('chart.max'),
      n: t('chart.n'),
      missing: t('chart.missing'),
      gaps: t('chart.gaps'),
      nothingYet: t('chart.nothingYet'),
    }),
    [t],
  );
}
