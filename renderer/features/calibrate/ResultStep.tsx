import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { Banner } from '../../ui/Banner.tsx';
import { unitSymbol } from '../common/show.ts';
import { ErrorPlot } from './ErrorPlot.tsx';
import { PointTable } from './PointTable.tsx';

/** As found and as left on one sheet. */
export function ResultStep({
  state,
  channel,
}: {
  state: CalibrateState;
  channel: ProfileChannel | undefined;
}) {
  const { t } = useTranslation();
  if (state.plan === null || state.verdict === null) return null;
  const unit = unitSymbol(channel?.unit ?? '');
  const pass = state.verdict === 'pass';
  const words = state.unadjusted
    ? 'calibrate.leftAsFound'
    : pass
      ? 'calibrate.passed'
      : 'calibrate.failedBody';
  return (
    <>
      <Banner status={pass ? 'good' : 'bad'} title={pass ? t('calibrate.pass') : t('calibrate.fail')}>
        {t(words)}
      </Banner>
      <ErrorPlot found={state.asFound} left={state.asLeft} tolerance={state.plan.tolerance} unit={unit} />
      {state.asLeft.length > 0 && (
        <PointTable
          caption={t('calibrate.step.as-left')}
          results={state.asLeft}
          channel={channel}
          plan={state.plan}
        />
      )}
      <PointTable
        caption={t('calibrate.step.as-found')}
        results={state.asFound}
        channel={channel}
        plan={state.plan}
      />
    </>
  );
}
