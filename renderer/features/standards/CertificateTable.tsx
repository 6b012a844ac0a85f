import { useTranslation } from 'react-i18next';
import type { ReferenceStandard } from '../../../shared/contract/standards.ts';
import { Card } from '../../ui/Card.tsx';
import { showDecimal, showSigned } from '../../ui/decimal.ts';
import { Fold } from '../../ui/Fold.tsx';
import { Table } from '../../ui/Table.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';

/** Every certificate of a standard, newest first, with its points. */
export function CertificateTable({ standard }: { standard: ReferenceStandard }) {
  const { t, i18n } = useTranslation();
  const unit = unitSymbol(standard.unit);
  const show = (text: string) => showDecimal(text, i18n.language);
  return (
    <Card title={t('standards.certificates')}>
      {standard.certificates.toReversed().map((certificate, index) => (
        <Fold
          key={certificate.number}
          isOpen={index === 0}
          title={`${certificate.number} · ${certificate.laboratory} · ${certificate.issued} – ${certificate.due}`}
        >
          <div className={styles.measure}>
            <Table
              caption={`${t('standards.points')}: ${certificate.number}`}
              hideCaption
              dense
              rows={certificate.points}
              rowKey={({ value }) => value}
              columns={[
                {
                  id: 'value',
                  title: `${t('standards.value')} (${unit})`,
                  figure: true,
                  head: true,
                  cell: ({ value }) => show(value),
                },
                {
                  id: 'correction',
                  title: `${t('standards.correction')} (${unit})`,
                  figure: true,
                  cell: ({ correction }) => showSigned(correction, i18n.language),
                },
                {
                  id: 'u',
                  title: `U (${unit})`,
                  figure: true,
                  cell: ({ expandedUncertainty }) => show(expandedUncertainty),
                },
                { id: 'k', title: 'k', figure: true, cell: ({ coverageFactor }) => show(coverageFactor) },
              ]}
            />
          </div>
        </Fold>
      ))}
    </Card>
  );
}
