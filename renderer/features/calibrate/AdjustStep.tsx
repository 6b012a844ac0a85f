import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { withinTolerance } from '../../../shared/wizard/calibrate.ts';
import { unitSymbol } from '../common/show.ts';
import { ErrorPlot } from './ErrorPlot.tsx';
import { PointTable } from './PointTable.tsx';

/** What was found, and what adjusting would do, before anything is written. */
export function AdjustStep({
  state,
  channel,
}: {
  state: CalibrateState;
  channel: ProfileChannel | undefined;
}) {
  const { t } = useTranslation();
  if (state.plan === null) return null;
  const unit = unitSymbol(channel?.unit ?? '');
  return (
    <>
      <p>{withinTolerance(state.asFound) ? t('calibrate.foundGood') : t('calibrate.foundBad')}</p>
      <PointTable
        caption={t('calibrate.step.as-found')}
        results={state.asFound}
        channel={channel}
        plan={state.plan}
      />
      <ErrorPlot found={state.asFound} left={[]} tolerance={state.plan.tolerance} unit={unit} />
      <p>{t('calibrate.adjustLead')}</p>
    </>
  );
}
