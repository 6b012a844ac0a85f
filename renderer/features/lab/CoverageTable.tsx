import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import type { Covered } from '../../../shared/rules/lab/coverage.ts';
import { coverageNow } from '../../../shared/wizard/validate.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import form from '../common/form.module.css';
import styles from './lab.module.css';
import { spanText } from './times.ts';

type Row = Covered & { id: string };

/** Each rule: seen to fire, to clear and to hold its tongue, by which evidence, and what is missing. */
export function CoverageTable({ state }: { state: ValidateState }) {
  const { t, i18n } = useTranslation();
  const covered = coverageNow(state);
  const rows = (state.compiled?.ids ?? []).flatMap((id, at): Row[] => {
    const own = covered[at];
    return own === undefined ? [] : [{ id, ...own }];
  });
  const quiet = spanText(state.quietSeconds * 1000, i18n.language);
  const missing = signs.flatMap((what) => {
    const ids = rows.filter((row) => lacks(row, what)).map(({ id }) => id);
    return ids.length === 0 ? [] : [{ what, ids: ids.join(', ') }];
  });
  return (
    <>
      <Table<Row>
        caption={t('lab.coverageCaption')}
        hideCaption
        dense
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { id: 'rule', title: t('validate.rule'), head: true, cell: ({ id }) => id },
          { id: 'fired', title: t('lab.fired'), cell: ({ fired }) => <Seen evidence={fired} /> },
          { id: 'cleared', title: t('lab.cleared'), cell: ({ cleared }) => <Seen evidence={cleared} /> },
          { id: 'quiet', title: t('lab.heldItsTongue'), cell: (row) => <Seen evidence={row.quiet} /> },
          {
            id: 'false',
            title: t('lab.falseAlarms'),
            cell: ({ falseAlarms }) => <FalseAlarms found={falseAlarms} />,
          },
          {
            id: 'accepted',
            title: t('lab.accepted'),
            cell: ({ accepted }) => (
              <StatusMark
                status={accepted ? 'good' : 'open'}
                word={accepted ? t('lab.yes') : t('lab.notYet')}
              />
            ),
          },
        ]}
      />
      {missing.length > 0 && (
        <ul className={styles.advice}>
          {missing.map(({ ids, what }) => (
            <li key={what}>{t(`lab.missing.${what}`, { ids, quiet })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

const signs = ['fired', 'cleared', 'quiet', 'falseAlarm'] as const;

/** What of its evidence a rule lacks; the first of two that hang together. */
function lacks({ fired, cleared, quiet, falseAlarms }: Covered, sign: (typeof signs)[number]): boolean {
  if (sign === 'fired') return fired === null;
  if (sign === 'cleared') return fired !== null && cleared === null;
  return sign === 'quiet' ? quiet === null && falseAlarms.length === 0 : falseAlarms.length > 0;
}

function Seen({ evidence }: { evidence: Covered['fired'] }) {
  const { t } = useTranslation();
  if (evidence === null) return <StatusMark status="none" word={t('lab.notSeen')} />;
  return (
    <span className={styles.outcome}>
      <StatusMark
        status={evidence.origin === 'injected' ? 'caution' : 'good'}
        word={t(`lab.origin.${evidence.origin}`)}
      />
      <span className={form.note}>{evidence.run}</span>
    </span>
  );
}

function FalseAlarms({ found }: { found: Covered['falseAlarms'] }) {
  const { t } = useTranslation();
  if (found.length === 0) return <StatusMark status="good" word={t('lab.none')} />;
  return (
    <span className={styles.outcome}>
      <StatusMark status="bad" word={t('lab.falseIn', { count: found.length })} />
      <span className={form.note}>{found.map(({ run }) => run).join(', ')}</span>
    </span>
  );
}
