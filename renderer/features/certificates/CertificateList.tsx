import { useTranslation } from 'react-i18next';
import type { CertificateFacts } from '../../../shared/contract/certificate.ts';
import { Button } from '../../ui/Button.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { VerdictMark } from '../calibrate/VerdictMark.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { linkTo } from '../common/route.ts';
import { shortId, showTime } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { openCertificate } from './openCertificate.ts';

/** Certificates, newest first; one that was amended says by which, and stays. */
export function CertificateList(props: {
  certificates: readonly CertificateFacts[];
  /** On a page of many units, each is named. */
  namesUnit?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const units = useDesk((desk) => desk.job?.units ?? null);
  const tagOf = (id: string) => units?.find((unit) => unit.hardwareId === id)?.settings?.tag ?? shortId(id);
  const unit: Column<CertificateFacts> = {
    id: 'unit',
    title: t('job.unit'),
    cell: (row) => (
      <a href={linkTo('calibrate', row.wizard)}>
        {tagOf(row.unit)} {row.channel}
      </a>
    ),
  };
  const file = (row: CertificateFacts, format: 'pdf' | 'dcc' | 'json') => (
    <Button
      isDisabled={running}
      aria-label={t('certificate.one', { number: row.number, what: t(`certificate.${format}`) })}
      onPress={() => run(() => openCertificate(host, row.number, format))}
    >
      {t(`certificate.${format}`)}
    </Button>
  );
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      <Table
        caption={t('certificate.list')}
        hideCaption
        rows={props.certificates.toSorted((a, b) => b.at - a.at)}
        rowKey={({ number }) => number}
        columns={[
          {
            id: 'number',
            title: t('certificate.number'),
            head: true,
            cell: (row) => <NumberAndFate row={row} />,
          },
          ...(props.namesUnit === true ? [unit] : []),
          { id: 'at', title: t('certificate.at'), cell: (row) => showTime(row.at, i18n.language) },
          {
            id: 'verdict',
            title: t('certificate.verdict'),
            cell: (row) => <VerdictMark verdict={row.verdict} />,
          },
          {
            id: 'files',
            title: t('certificate.files'),
            cell: (row) => (
              <span className={styles.row}>
                {file(row, 'pdf')}
                {file(row, 'dcc')}
                {file(row, 'json')}
              </span>
            ),
          },
        ]}
      />
    </>
  );
}

function NumberAndFate({ row }: { row: CertificateFacts }) {
  const { t } = useTranslation();
  const said = [
    row.signed ? t('certificate.signed') : null,
    row.amends === null ? null : t('certificate.amends', row.amends),
    row.amendedBy === null ? null : t('certificate.amendedBy', { number: row.amendedBy }),
  ].filter((text) => text !== null);
  return (
    <>
      {row.number}
      {said.map((text) => (
        <span key={text} className={styles.below}>
          {text}
        </span>
      ))}
    </>
  );
}
