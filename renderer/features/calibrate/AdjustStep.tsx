import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { needsNoAdjustment } from '../../../shared/wizard/calibrate.ts';
import { unitSymbol } from '../common/show.ts';
import { ErrorPlot } from './ErrorPlot.tsx';
import { ModelTable } from './ModelTable.tsx';
import { plotted } from './plotted.ts';
import { RunTable } from './RunTable.tsx';

interface AdjustProps {
  state: CalibrateState;
  channel: ProfileChannel | undefined;
}

/** What was found, and what adjusting would do, before anything is written. */
export function AdjustStep({ state, channel }: AdjustProps) {
  const { t } = useTranslation();
  if (state.plan === null) return null;
  const unit = unitSymbol(channel?.unit ?? '');
  return (
    <>
      <p>{t(needsNoAdjustment(state) ? 'calibrate.foundGood' : 'calibrate.foundBad')}</p>
      <RunTable run="as-found" state={state} channel={channel} />
      <ErrorPlot
        found={plotted(state.asFound, state.asFoundEvaluation)}
        left={[]}
        tolerance={state.plan.tolerance}
        unit={unit}
      />
      <ModelTable state={state} unit={unit} />
      <p>{t('calibrate.adjustLead')}</p>
    </>
  );
}
