import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { EvaluationTable } from './EvaluationTable.tsx';
import { PointTable } from './PointTable.tsx';

/** A run as it was judged; journals of before have the errors alone. */
export function RunTable(props: {
  run: 'as-found' | 'as-left';
  state: CalibrateState;
  channel: ProfileChannel | undefined;
}) {
  const { run, state, channel } = props;
  const { t } = useTranslation();
  const results = run === 'as-found' ? state.asFound : state.asLeft;
  const evaluation = run === 'as-found' ? state.asFoundEvaluation : state.asLeftEvaluation;
  const caption = t(`calibrate.step.${run}`);
  if (results.length === 0 || state.plan === null) return null;
  if (evaluation !== null) {
    return <EvaluationTable caption={caption} evaluation={evaluation} channel={channel} />;
  }
  return <PointTable caption={caption} results={results} channel={channel} plan={state.plan} />;
}
