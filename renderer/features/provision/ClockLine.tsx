import { useTranslation } from 'react-i18next';
import type { ClockFacts } from '../../../shared/contract/provision.ts';
import { Card } from '../../ui/Card.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';

/** The unit's clock beside the computer's: figures with their uncertainty, or that they are not known. */
export function ClockLine({ clock }: { clock: ClockFacts | null }) {
  const { t, i18n } = useTranslation();
  if (clock === null) return null;
  const { driftPpm, driftUncertaintyPpm, seconds } = clock;
  const offset = new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' }).format(clock.offsetMs);
  const drift =
    driftPpm === null
      ? t('proof.driftUnknown', { seconds })
      : t('proof.drift', { ppm: driftPpm, uncertainty: driftUncertaintyPpm ?? '?', seconds });
  return (
    <Card title={t('proof.clock')}>
      <KeyValue
        rows={[
          [t('proof.clockSet'), clock.set ? t('proof.yes') : t('proof.no')],
          [t('proof.offset'), `${offset} ms`],
          [t('proof.driftTitle'), drift],
        ]}
      />
    </Card>
  );
}
