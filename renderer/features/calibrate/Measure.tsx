import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibrateIntent, CalibrateState, CalibrationPlan } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { decimalPlaces, roundDecimal, subtractDecimal } from '../../../shared/units/units.ts';
import { presentRun, runResults } from '../../../shared/wizard/calibrate.ts';
import { stationsOf } from '../../../shared/wizard/stations.ts';
import { showDecimal, showSigned } from '../../ui/decimal.ts';
import { Figure } from '../../ui/Figure.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { PointTable } from './PointTable.tsx';
import { SettlingCharts } from './SettlingCharts.tsx';
import { StabilityMarks } from './StabilityMarks.tsx';
import { type Settling, settlingRecord } from './settling.ts';
import { TypedReading } from './TypedReading.tsx';

interface MeasureProps {
  state: CalibrateState;
  channel: ProfileChannel | undefined;
  act: (intent: CalibrateIntent) => void;
}

/** A run of readings: the station that is being waited for, what is seen, and what still moves. */
export function Measure({ state, channel, act }: MeasureProps) {
  const { t } = useTranslation();
  const latest = useSyncExternalStore(settlingRecord.onChange, () => settlingRecord.latest(state.id));
  const { plan } = state;
  const results = presentRun(state) === state.step ? runResults(state) : state.asFound;
  const stations = plan === null ? [] : stationsOf(plan);
  const station = stations[results.length];
  const measuring = state.task?.kind === 'measure';
  if (plan === null || (station !== undefined && !measuring && results.length === 0)) {
    return <p>{t(how(state), { count: stations.length })}</p>;
  }
  if (!measuring || station === undefined) {
    return (
      <PointTable
        caption={t(`calibrate.step.${state.step}`)}
        results={results}
        channel={channel}
        plan={plan}
      />
    );
  }
  const unit = unitSymbol(channel?.unit ?? '');
  // What was seen of the point before is not of this one.
  const now = latest !== null && Number(latest.nominal) === Number(station.nominal) ? latest : null;
  return (
    <>
      <Station plan={plan} index={results.length} unit={unit} seconds={now?.elapsedSeconds ?? null} />
      {state.source.kind === 'typed' && (
        <TypedReading key={results.length} state={state} nominal={station.nominal} unit={unit} act={act} />
      )}
      {now === null ? (
        <StatusMark status="busy" word={t('reference.waiting')} />
      ) : (
        <>
          <MeasuredFigures latest={now} places={decimalPlaces(channel?.quantum ?? '0.001')} unit={unit} />
          <StabilityMarks evidence={now.evidence} rule={plan.stability} unit={unit} />
          <SettlingCharts wizard={state.id} nominal={now.nominal} plan={plan} unit={unit} />
        </>
      )}
    </>
  );
}

/** What a person has to do in this run, before it begins. */
function how({ reference, source }: CalibrateState) {
  if (source.kind === 'typed') return 'calibrate.byTyping';
  return reference?.source === true ? 'calibrate.driven' : 'calibrate.byHand';
}

/** Point 3 of 9: 50 °C, going up, cycle 1 of 2. */
function Station(props: { plan: CalibrationPlan; index: number; unit: string; seconds: number | null }) {
  const { t, i18n } = useTranslation();
  const { plan, unit, seconds } = props;
  const stations = stationsOf(plan);
  const station = stations[props.index];
  if (station === undefined) return null;
  const words = {
    n: props.index + 1,
    count: stations.length,
    nominal: showDecimal(station.nominal, i18n.language),
    unit,
    direction: t(`reference.direction.${station.direction}`),
    cycle: station.cycle,
    cycles: plan.cycles,
  };
  const plain = plan.cycles === 1 && plan.sequence === 'as-listed';
  const settling = seconds === null ? '' : t('reference.settling', { seconds: Math.round(seconds) });
  return (
    <p role="status">
      <strong>{t(plain ? 'calibrate.pointOf' : 'reference.station', words)}</strong>
      {settling !== '' && ` · ${settling}`}
    </p>
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
