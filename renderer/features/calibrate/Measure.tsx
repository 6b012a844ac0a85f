import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { decimalPlaces, roundDecimal, subtractDecimal } from '../../../shared/units/units.ts';
import { nextPoint, presentRun, runResults } from '../../../shared/wizard/calibrate.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { showDecimal, showSigned } from '../../ui/decimal.ts';
import { Figure } from '../../ui/Figure.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { PointTable } from './PointTable.tsx';
import { SettlingCharts } from './SettlingCharts.tsx';
import { StabilityMarks } from './StabilityMarks.tsx';
import { settlingRecord } from './settling.ts';

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
  const show = (text: string) => showDecimal(text, i18n.language);
  const places = decimalPlaces(channel?.quantum ?? '0.001');
  const round = (text: string) => roundDecimal(text, places);
  const difference = round(subtractDecimal(latest.unit, latest.reference));
  const widest = `−000.${'0'.repeat(places)}`;
  return (
    <>
      <p>
        {t('calibrate.pointOf', {
          n: results.length + 1,
          count: state.plan.points.length,
          nominal: show(latest.nominal),
          unit,
          seconds: Math.round(latest.elapsedSeconds),
        })}
      </p>
      <div className={styles.figures}>
        <Figure
          label={t('calibrate.referenceShort')}
          value={show(round(latest.reference))}
          unit={unit}
          series={1}
          size="large"
          widest={widest}
        />
        <Figure
          label={t('calibrate.unitShort')}
          value={show(round(latest.unit))}
          unit={unit}
          series={2}
          size="large"
          widest={widest}
        />
        <Figure
          label={t('calibrate.difference')}
          value={showSigned(difference, i18n.language)}
          unit={unit}
          size="large"
          widest={widest}
        />
      </div>
      <StabilityMarks evidence={latest.evidence} rule={state.plan.stability} unit={unit} />
      <SettlingCharts wizard={state.id} nominal={latest.nominal} plan={state.plan} unit={unit} />
    </>
  );
}

/** Takes the reading although it is not stable; the reason goes into the report. */
export function OverrideButton({
  given,
  onGive,
}: {
  given: string | null;
  onGive: (reason: string) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const short = reason.trim().length < 3;
  const give = () => {
    onGive(reason.trim());
    setOpen(false);
  };
  return (
    <>
      <Button onPress={() => setOpen(true)} isDisabled={given !== null}>
        {given === null ? t('calibrate.override') : t('calibrate.overrideGiven')}
      </Button>
      <Dialog
        title={t('calibrate.overrideTitle')}
        isOpen={open}
        onClose={() => setOpen(false)}
        onEnter={give}
        actions={
          <>
            <Button onPress={() => setOpen(false)}>{t('wizard.cancel')}</Button>
            <Button look="main" isDisabled={short} type="submit">
              {t('calibrate.overrideTake')}
            </Button>
          </>
        }
      >
        <p>{t('calibrate.overrideBody')}</p>
        <TextField label={t('calibrate.overrideReason')} value={reason} onChange={setReason} autoFocus />
      </Dialog>
    </>
  );
}
