import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { IssueCard } from '../certificates/IssueCard.tsx';
import { linkTo } from '../common/route.ts';
import { unitSymbol } from '../common/show.ts';
import { useUnitName } from '../common/useUnitName.ts';
import { ErrorPlot } from './ErrorPlot.tsx';
import { plotted } from './plotted.ts';
import { RunTable } from './RunTable.tsx';

interface ResultProps {
  state: CalibrateState;
  channel: ProfileChannel | undefined;
}

/** As found and as left on one sheet, and the certificate of it. */
export function ResultStep({ state, channel }: ResultProps) {
  const { t } = useTranslation();
  const name = useUnitName(state.unit);
  if (state.plan === null || state.verdict === null) return null;
  const unit = unitSymbol(channel?.unit ?? '');
  const pass = state.verdict === 'pass';
  const words = state.unadjusted ? (pass ? 'leftAsFound' : 'leftOutside') : pass ? 'passed' : 'failedBody';
  return (
    <>
      <Banner status={pass ? 'good' : 'bad'} title={pass ? t('calibrate.pass') : t('calibrate.fail')}>
        {t(`calibrate.${words}`)}
      </Banner>
      <ErrorPlot
        found={plotted(state.asFound, state.asFoundEvaluation)}
        left={plotted(state.asLeft, state.asLeftEvaluation)}
        tolerance={state.plan.tolerance}
        unit={unit}
      />
      <RunTable run="as-left" state={state} channel={channel} />
      <RunTable run="as-found" state={state} channel={channel} />
      <Statements state={state} />
      <IssueCard state={state} />
      <p>
        <a href={linkTo('history', state.unit, state.plan.channel)}>{t('history.of', { name })}</a>
      </p>
    </>
  );
}

/** The sentences of the certificate, in its language. */
function Statements({ state: { asFoundEvaluation, asLeftEvaluation } }: Pick<ResultProps, 'state'>) {
  const { t } = useTranslation();
  const evaluation = asLeftEvaluation ?? asFoundEvaluation;
  if (evaluation === null) return null;
  const { decisionStatement, roundingStatement, uncertaintyStatement } = evaluation;
  return (
    <Fold title={t('evaluation.statements')}>
      {[decisionStatement, uncertaintyStatement, roundingStatement].map(
        (statement) =>
          statement !== null && (
            <p key={statement} lang="en">
              {statement}
            </p>
          ),
      )}
    </Fold>
  );
}
