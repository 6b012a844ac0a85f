import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure, type FailureRecord } from '../../../shared/contract/failure.ts';
import type { LabData, RecordingFacts } from '../../../shared/contract/recordings.ts';
import { RecordingChart } from '../../live/RecordingChart.tsx';
import type { RecordingChartProps } from '../../live/recordingChartProps.ts';
import { Button } from '../../ui/Button.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useChannels } from '../common/useChannels.ts';
import { ChannelChoice } from './ChannelChoice.tsx';
import { firstShown } from './channels.ts';
import { useRecordingChart } from './useRecordingChart.ts';

/** Chart of a recording with what is put into it, and the choice of its channels. `wanted` are shown first. */
export function RecordingPlot({
  facts,
  data,
  wanted = [],
  ...over
}: {
  facts: RecordingFacts;
  data: LabData;
  wanted?: readonly string[];
  height: number;
} & Pick<RecordingChartProps, 'lanes' | 'thresholds' | 'marks' | 'instant' | 'onInstant' | 'onSpan'>) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<FailureRecord | null>(null);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const known = useChannels(facts.unit);
  const channels = known.filter(({ id }) => facts.channels.includes(id));
  const shown = (chosen ?? firstShown(channels, wanted)).filter((id) => facts.channels.includes(id));
  const [tries, setTries] = useState(0);
  const { plot: ask, ...chart } = useRecordingChart(data);
  const plot = useCallback<RecordingChartProps['plot']>(
    async (from, to, points) => {
      const picture = await ask(from, to, points);
      setFailure(null);
      return picture;
    },
    [ask],
  );
  return (
    <section>
      {channels.length > 1 && <ChannelChoice channels={channels} shown={shown} onChange={setChosen} />}
      {failure !== null && (
        <FailureNotice
          failure={failure}
          action={<Button onPress={() => setTries((n) => n + 1)}>{t('app.tryAgain')}</Button>}
        />
      )}
      <RecordingChart
        key={tries}
        label={t('recordings.chart.label', { name: facts.name })}
        recording={facts}
        channels={shown}
        plot={plot}
        {...chart}
        onFailure={(thrown) => setFailure(Failure.from(thrown).toJSON())}
        {...over}
      />
    </section>
  );
}
