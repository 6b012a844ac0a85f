import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { type AuthorRule, isLevel, type ValidateState } from '../../../shared/contract/validate.ts';
import { decimalPlaces } from '../../../shared/units/units.ts';
import { Chart } from '../../live/Chart.tsx';
import type { Band } from '../../live/paint.ts';
import type { ThresholdLine } from '../../live/recordingChartProps.ts';
import { Button } from '../../ui/Button.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { unitSymbol } from '../common/show.ts';
import { useChartWords } from '../common/useChartWords.ts';
import { useLiveStream } from '../common/useLiveStream.ts';
import { channelsOf, thresholdsOf } from '../lab/thresholds.ts';

/** The unit's own values that the rules look at, with each threshold and its dead-band. */
export function ThresholdCharts({
  state,
  channels,
}: {
  state: ValidateState;
  channels: readonly ProfileChannel[];
}) {
  const { t, i18n } = useTranslation();
  const words = useChartWords();
  const { live, failure, retry } = useLiveStream(state.unit);
  if (failure !== null)
    return <FailureNotice failure={failure} action={<Button onPress={retry}>{t('app.tryAgain')}</Button>} />;
  if (live === null) return null;
  const rules = state.rules ?? [];
  const looked = channelsOf(rules);
  return live.channels.map((channel, column) => {
    if (!looked.includes(channel.id)) return null;
    const plain = rules.filter(({ when }) => isLevel(when) && when.sensor === channel.id);
    const parts = thresholdsOf(rules.filter(({ when }) => !isLevel(when)));
    const bands = [
      ...plain.map(bandOf),
      ...parts.flatMap((line) => (line.channel === channel.id ? [edgeOf(line)] : [])),
    ];
    const unit = unitSymbol(channel.unit);
    const title = channels.find((entry) => entry.id === channel.id)?.title ?? channel.title;
    return (
      <Chart
        key={channel.id}
        label={title}
        ring={live.ring}
        series={[{ column, label: title }]}
        valueTitle={`${title} (${unit})`}
        unit={unit}
        places={Math.min(decimalPlaces(channel.quantum), 3)}
        language={i18n.language}
        bands={bands}
        include={bands.flatMap(({ from, to }) => [from ?? 0, to ?? 0])}
        windowSeconds={60}
        leastSpan={5}
        height={looked.length > 1 ? 220 : 300}
        words={words}
      />
    );
  });

  /** From the threshold back to where the rule lets go again. */
  function bandOf(rule: AuthorRule): Band {
    const { above, below, deadband = '0' } = rule.when;
    const threshold = Number(above ?? below);
    const release = above === undefined ? threshold + Number(deadband) : threshold - Number(deadband);
    const label = t('validate.bandLabel', {
      id: rule.id,
      sign: above === undefined ? '≤' : '≥',
      threshold: above ?? below ?? '',
    });
    return { from: Math.min(threshold, release), to: Math.max(threshold, release), label, tone: 'caution' };
  }
}

/** A threshold of one part of a condition: whether the rule holds there depends on the others too. */
const edgeOf = ({ value, label }: ThresholdLine): Band => ({
  from: value,
  to: value,
  label,
  tone: 'caution',
});
