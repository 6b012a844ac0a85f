import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../ui/Checkbox.tsx';
import form from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { fits } from './channels.ts';

interface Channel {
  id: string;
  title: string;
  unit: string;
}

/** Which channels are in the picture; of two units at most. */
export function ChannelChoice(props: {
  channels: readonly Channel[];
  shown: readonly string[];
  onChange: (shown: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const { channels, shown } = props;
  const change = (id: string, on: boolean): void =>
    props.onChange(
      channels.flatMap((channel) =>
        (channel.id === id ? on : shown.includes(channel.id)) ? [channel.id] : [],
      ),
    );
  const waiting = channels.some((channel) => !shown.includes(channel.id) && !fits(channel, channels, shown));
  return (
    <fieldset className={form.group}>
      <legend>{t('recordings.chart.shown')}</legend>
      <div className={form.line}>
        {channels.map((channel) => {
          const on = shown.includes(channel.id);
          const last = on && shown.length === 1;
          return (
            <Checkbox
              key={channel.id}
              label={`${channel.title} (${unitSymbol(channel.unit)})`}
              value={on}
              onChange={(next) => change(channel.id, next)}
              isDisabled={last || (!on && !fits(channel, channels, shown))}
            />
          );
        })}
        {waiting && <span className={form.note}>{t('recordings.chart.twoUnits')}</span>}
      </div>
    </fieldset>
  );
}
