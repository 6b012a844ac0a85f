import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { decimalPlaces, roundDecimal, subtractDecimal } from '../../../shared/units/units.ts';
import { nextPoint, presentRun, runResults } from '../../../shared/wizard/calibrate.ts';
import { showDecimal, showSigned } from '../../ui/decimal.ts';
import { Figure } from '../../ui/Figure.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { PointTable } from './PointTable.tsx';
import { SettlingCharts } from './SettlingCharts.tsx';
import { StabilityMarks } from './StabilityMarks.tsx';
import { type Settling, settlingRecord } from './settling.ts';

/** A run of readings: the point that is being waited for, what is seen, and what still moves. */
export function Measure({ state, channel }: { state: CalibrateState; channel: ProfileChannel | undefined }) {
  const { t, i18n } = useTranslation();
  const latest = useSyncExternalStore(settlingRecord.onChange, () => settlingRecord.latest(state.id));
  const unit = unitSymbol(channel?.unit ?? '');
  const nominal = nextPoint(state);
  const results = presentRun(state) === state.step ? runResults(state) : state.asFound;
  const measuring = state.task?.kind === 'measure';
  if (state.plan === null || (nominal !== null && !measuring && results.length === 0)) {
    return (
      <p>
        {t(state.reference?.source ? 'calibrate.driven' : 'calibrate.byHand', {
          count: state.plan?.points.length ?? 0,
        })}
      </p>
    );
  }
  if (!measuring || latest === null || nominal === null) {
    return (
      <PointTable
        caption={t(`calibrate.step.${state.step}`)}
        results={results}
        channel={channel}
        plan={state.plan}
      />
    );
  }
  return (
    <>
      <p>
        {t('calibrate.pointOf', {
          n: results.length + 1,
          count: state.plan.points.length,
          nominal: showDecimal(latest.nominal, i18n.language),
          unit,
          seconds: Math.round(latest.elapsedSeconds),
        })}
      </p>
      <MeasuredFigures latest={latest} places={decimalPlaces(channel?.quantum ?? '0.001')} unit={unit} />
      <StabilityMarks evidence={latest.evidence} rule={state.plan.stability} unit={unit} />
      <SettlingCharts wizard={state.id} nominal={latest.nominal} plan={state.plan} unit={unit} />
    </>
  );
}

function MeasuredFigures({ latest, places, unit }: { latest: Settling; places: number; unit: string }) {
  const { t, i18n } = useTranslation();
  const show = (text: string) => showDecimal(roundDecimal(text, places), i18n.language);
  const difference = roundDecimal(subtractDecimal(latest.unit, latest.reference), places);
  const common = { unit, size: 'large', widest: `−000.${'0'.repeat(places)}` } as const;
  return (
    <div className={styles.figures}>
      <Figure label={t('calibrate.referenceShort')} value={show(latest.reference)} series={1} {...common} />
      <Figure label={t('calibrate.unitShort')} value={show(latest.unit)} series={2} {...common} />
      <Figure label={t('calibrate.difference')} value={showSigned(difference, i18n.language)} {...common} />
    </div>
  );
}
