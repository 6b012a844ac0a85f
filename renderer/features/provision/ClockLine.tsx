import { useTranslation } from 'react-i18next';
import type { ClockFacts } from '../../../shared/contract/provision.ts';
import { Card } from '../../ui/Card.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';

/** The unit's clock beside the computer's: figures with their uncertainty, or that they are not known. */
export function ClockLine({ clock }: { clock: ClockFacts | null }) {
  const { t, i18n } = useTranslation();
  if (clock === null) return null;
  const { driftPpm, driftUncertaintyPpm, seconds } = clock;
  const figure = new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' });
  const offset = clock.offsetMs === null ? '–' : `${figure.format(clock.offsetMs)} ms`;
  const drift =
    driftPpm === null
      ? t('proof.driftUnknown', { seconds })
      : t('proof.drift', { ppm: driftPpm, uncertainty: driftUncertaintyPpm ?? '?', seconds });
  return (
    <Card title={t('proof.clock')}>
      <KeyValue
        rows={[
          [t('proof.clockSet'), clock.set ? t('proof.yes') : t('proof.no')],
          [t('proof.offset'), offset],
          [t('proof.driftTitle'), drift],
        ]}
      />
    </Card>
  );
}
