import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleTest, TestOutcome } from '../../../shared/contract/lab.ts';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { TextField } from '../../ui/TextField.tsx';
import form from '../common/form.module.css';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';

/** Replays that are kept with the rules: each later validation must decide as they do. */
export function KeptTests({ state, act, blocked, lab }: LabProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const { data } = lab;
  const short = name.trim() === '';
  const why = blocked ?? (lab.changed ? t('lab.keepFirst') : null);
  const keep = () => {
    if (data === null || short || why !== null) return;
    act({ type: 'keepTest', name: name.trim(), data });
    setName('');
  };
  return (
    <section className={form.stack} aria-label={t('lab.tests')}>
      <h2 className={styles.heading}>{t('lab.tests')}</h2>
      <p>{t('lab.testsLead')}</p>
      <div className={form.row}>
        <TextField label={t('lab.testName')} value={name} onChange={setName} maxLength={80} onEnter={keep} />
        <Button isDisabled={short || why !== null || state.tests.length >= 50} onPress={keep}>
          {t('lab.saveTest')}
        </Button>
        {why !== null && <p className={form.note}>{why}</p>}
      </div>
      {state.tests.length > 0 && (
        <Table<RuleTest>
          caption={t('lab.tests')}
          hideCaption
          dense
          rows={state.tests}
          rowKey={(test) => test.name}
          columns={[
            { id: 'name', title: t('lab.testName'), head: true, cell: (test) => test.name },
            {
              id: 'expected',
              title: t('lab.expected'),
              figure: true,
              cell: (test) => test.expected.length,
            },
            {
              id: 'outcome',
              title: t('lab.outcome'),
              cell: (test) => (
                <Outcome outcome={state.tested.find((outcome) => outcome.name === test.name) ?? null} />
              ),
            },
            {
              id: 'drop',
              title: '',
              cell: (test) => (
                <Button
                  look="quiet"
                  isDisabled={blocked !== null}
                  aria-label={t('lab.dropTest', { name: test.name })}
                  onPress={() => act({ type: 'dropTest', name: test.name })}
                >
                  {t('lab.drop')}
                </Button>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}

export function Outcome({ outcome }: { outcome: TestOutcome | null }) {
  const { t } = useTranslation();
  if (outcome === null) return <StatusMark status="none" word={t('lab.notRun')} />;
  if (outcome.passed) return <StatusMark status="good" word={t('lab.passes')} />;
  const { missing, unexpected, first } = outcome;
  const counts = missing + unexpected === 0 ? t('lab.fails') : t('lab.failsWith', { missing, unexpected });
  return (
    <span className={styles.outcome}>
      <StatusMark status="bad" word={counts} />
      {first !== null && <span className={form.note}>{first}</span>}
    </span>
  );
}
