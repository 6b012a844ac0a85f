import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decimalPlaces } from '../../../shared/units/units.ts';
import { figureFormat } from '../../live/figureFormat.ts';
import { Figure } from '../../ui/Figure.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import type { LiveStream } from '../common/useLiveStream.ts';

const REFRESH_MS = 250;
/** After this long without a frame a value is called old. */
const OLD_MS = 3_000;

/** The newest value of each channel, four times a second; dimmed and dated where it is old. */
export function NewestFigures({ live }: { live: LiveStream }) {
  const { t, i18n } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  const { columns } = live.ring.view(1);
  const age = live.ring.newest === null ? 0 : now - live.ring.newest;
  const aged = age > OLD_MS ? t('live.aged', { seconds: Math.round(age / 1000) }) : null;
  return (
    <div className={styles.figures}>
      {live.channels.map((channel, index) => {
        const places = Math.min(decimalPlaces(channel.quantum), 3);
        const value = columns[index]?.[0] ?? Number.NaN;
        return (
          <Figure
            key={channel.id}
            label={channel.title}
            value={figureFormat(i18n.language, places, false)(value)}
            unit={unitSymbol(channel.unit)}
            aged={aged}
            widest={`−000.${'0'.repeat(places)}`}
            size="large"
          />
        );
      })}
    </div>
  );
}
