import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunSeen } from '../../../shared/contract/lab.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Icon } from '../../ui/Icon.tsx';
import form from '../common/form.module.css';
import { CoverageTable } from './CoverageTable.tsx';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { QuietChoice } from './QuietChoice.tsx';
import { spanText } from './times.ts';

/** Which rules are accepted by what was seen of them, what is missing, and how to get it. */
export function CoverageTab(props: LabProps) {
  const { state, act, blocked, lab, facts } = props;
  const { t, i18n } = useTranslation();
  const [normal, setNormal] = useState<'yes' | 'no'>('no');
  const { data } = lab;
  const why = blocked ?? (lab.changed ? t('lab.keepFirst') : null);
  return (
    <>
      <p>{t('lab.coverageLead', { quiet: spanText(state.quietSeconds * 1000, i18n.language) })}</p>
      <CoverageTable state={state} />
      <div className={form.tight}>
        <QuietChoice state={state} act={act} isDisabled={blocked !== null} />
      </div>
      {data !== null && facts !== null && (
        <section className={form.stack} aria-label={t('lab.countTitle')}>
          <h2 className={styles.heading}>{t('lab.countTitle')}</h2>
          <Choice
            label={t('lab.wasNormal', { name: facts.name })}
            choices={[
              { id: 'yes', label: t('lab.normal') },
              { id: 'no', label: t('lab.upset') },
            ]}
            value={normal}
            onChange={setNormal}
          />
          {normal === 'yes' && lab.faults.length > 0 && (
            <p className={form.note}>{t('lab.madeUpNotNormal')}</p>
          )}
          <div className={form.line}>
            <Button
              isDisabled={why !== null}
              onPress={() => act({ type: 'count', data, normal: normal === 'yes' })}
            >
              {t('lab.count')}
            </Button>
            {why !== null && <p className={form.note}>{why}</p>}
          </div>
        </section>
      )}
      {state.runs.length > 0 && (
        <section className={form.stack} aria-label={t('lab.runs')}>
          <h2 className={styles.heading}>{t('lab.runs')}</h2>
          <ol className={styles.lines}>
            {state.runs.map((run, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a run is taken out by its place.
              <RunLine key={at} run={run} props={props} at={at} />
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function RunLine({ run, at, props }: { run: RunSeen; at: number; props: LabProps }) {
  const { state, act, blocked } = props;
  const { t, i18n } = useTranslation();
  const alarms = run.rules.reduce((sum, rule) => sum + rule.alarms, 0);
  const words = t('lab.run', {
    origin: t(`lab.origin.${run.origin}`),
    name: run.name,
    span: spanText(run.to - run.from, i18n.language),
    alarms: t('lab.alarmCount', { count: alarms }),
    operation: run.normal ? t('lab.normal') : t('lab.upset'),
  });
  return (
    <li className={styles.line}>
      <span>
        {words}
        {run.revision !== state.compiled?.revision && (
          <span className={styles.quiet}> {t('lab.otherRevision', { revision: run.revision })}</span>
        )}
      </span>
      <Button
        look="quiet"
        isDisabled={blocked !== null}
        aria-label={t('lab.forget', { run: words })}
        onPress={() => act({ type: 'forget', run: at })}
      >
        <Icon name="bin" />
        {t('validate.remove')}
      </Button>
    </li>
  );
}
