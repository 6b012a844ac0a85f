import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventPayload } from '../../../shared/contract/contract.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import form from '../common/form.module.css';
import { ThresholdCharts } from '../validate/ThresholdCharts.tsx';
import { spanOf } from './faultDraft.ts';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { statusOfState } from './states.ts';
import { spanText } from './times.ts';
import { useFaultWords } from './useFaultWords.ts';
import { useShadow } from './useShadow.ts';

type Shadow = EventPayload<'lab.shadow'>;

/** The rules on the unit's live values: what they would do now. Nothing is written, nothing is switched. */
export function LiveTab({ state, act, blocked, lab, channels }: LabProps) {
  const { t, i18n } = useTranslation();
  const words = useFaultWords(channels);
  const [normal, setNormal] = useState<'yes' | 'no'>('yes');
  const [withFaults, setWithFaults] = useState(false);
  const shadow = useShadow(state.id);
  const runs = state.task?.kind === 'shadow';
  const faults = withFaults ? [...lab.faults] : [];
  const why = blocked ?? (lab.changed ? t('lab.keepFirst') : null);
  const isNormal = state.watched?.normal ?? true;
  const running = runs ? (state.watched?.faults ?? []) : [];
  return (
    <>
      {runs ? (
        <div className={form.line}>
          <StatusMark status="busy" word={t(isNormal ? 'lab.runsNormal' : 'lab.runsUpset')} />
          {running.length > 0 && (
            <StatusMark status="caution" word={t('lab.faultsPut', { count: running.length })} />
          )}
          <Button onPress={() => act({ type: 'stop' })}>{t('lab.stopLive')}</Button>
        </div>
      ) : (
        <>
          <p>{t('lab.liveLead')}</p>
          <Choice
            label={t('lab.isNormal')}
            choices={[
              { id: 'yes', label: t('lab.normal') },
              { id: 'no', label: t('lab.upset') },
            ]}
            value={withFaults ? 'no' : normal}
            onChange={setNormal}
            isDisabled={withFaults}
          />
          {lab.faults.length > 0 && (
            <Checkbox
              label={t('lab.withFaults', { count: lab.faults.length })}
              value={withFaults}
              onChange={setWithFaults}
            />
          )}
          {faults.length > 0 && (
            <ul className={styles.advice}>
              {faults.map((fault, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two faults may be alike; their place is what stays.
                <li key={at}>
                  {t('lab.liveFaultAt', {
                    fault: words(fault),
                    span: spanText(spanOf(fault).from, i18n.language),
                  })}
                </li>
              ))}
            </ul>
          )}
          <div className={form.line}>
            <Button
              isDisabled={why !== null}
              onPress={() => act({ type: 'shadow', normal: normal === 'yes' && !withFaults, faults })}
            >
              {t('lab.startLive')}
            </Button>
            {why !== null && <p className={form.note}>{why}</p>}
          </div>
        </>
      )}
      {shadow !== null && <ShadowTable shadow={shadow} runs={runs} />}
      {runs && (
        <div>
          <ThresholdCharts state={state} channels={channels} />
          {running.length > 0 && <p className={form.note}>{t('lab.chartIsPlain')}</p>}
        </div>
      )}
    </>
  );
}

function ShadowTable({ shadow, runs }: { shadow: Shadow; runs: boolean }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={runs ? form.stack : `${form.stack} ${styles.older}`}>
      <Table<Shadow['rules'][number]>
        caption={t(runs ? 'lab.nowDoing' : 'lab.lastDone')}
        dense
        rows={shadow.rules}
        rowKey={({ id }) => id}
        columns={[
          { id: 'rule', title: t('validate.rule'), head: true, cell: ({ id }) => id },
          {
            id: 'state',
            title: t('lab.stateNow'),
            cell: ({ state }) => <StatusMark status={statusOfState[state]} word={t(`lab.state.${state}`)} />,
          },
          { id: 'fires', title: t('lab.alarms'), figure: true, cell: ({ fires }) => fires },
        ]}
      />
      {!runs && (
        <p className={form.note}>
          {t('lab.shadowFrames', { count: shadow.frames, span: spanText(shadow.t, i18n.language) })}
        </p>
      )}
      {shadow.recent.length > 0 && (
        <div>
          <h2 className={styles.partName}>{t('lab.recent')}</h2>
          <ol className={styles.lines} aria-label={t('lab.recent')}>
            {shadow.recent
              .slice(-8)
              .toReversed()
              .map((event) => (
                <li key={`${event.seq} ${event.rule} ${event.kind}`}>
                  {`${shadow.rules[event.rule]?.id ?? event.rule} ${t(`validate.kind.${event.kind}`)} · ${t('validate.inFrame', { seq: event.seq })}`}
                </li>
              ))}
          </ol>
        </div>
      )}
    </div>
  );
}
