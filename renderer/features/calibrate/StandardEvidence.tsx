import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import { standardPower } from '../../../shared/metrology/metrology.ts';
import { showDecimal } from '../../ui/decimal.ts';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { unitSymbol } from '../common/show.ts';
import { StateMark } from '../standards/StateMark.tsx';

/** What the register says of the standard, and what it is worth at the points of the plan. */
export function StandardEvidence(props: { state: CalibrateState; hasConcerns: boolean }) {
  const { standard, plan, standardOverride } = props.state;
  const { t, i18n } = useTranslation();
  const certificate = standard?.certificates.at(-1);
  if (standard === null || certificate === undefined) {
    return <StatusMark status="caution" word={t('reference.unregistered')} />;
  }
  const unit = unitSymbol(standard.unit);
  const show = (text: string) => showDecimal(text, i18n.language);
  return (
    <>
      <KeyValue
        rows={[
          [t('reference.certificate'), certificate.number],
          [t('reference.laboratory'), certificate.laboratory],
          [
            t('reference.due'),
            <span key="due">
              {certificate.due} <StateMark standard={standard} />
            </span>,
          ],
        ]}
      />
      {plan !== null && (
        <Table
          caption={`${t('reference.powerTable')} (${unit})`}
          hideCaption
          dense
          rows={plan.points.map((nominal) => ({
            nominal,
            ...standardPower(standard, nominal, plan.tolerance),
          }))}
          rowKey={({ nominal }) => nominal}
          columns={[
            {
              id: 'n',
              title: `${t('calibrate.nominal')} (${unit})`,
              figure: true,
              head: true,
              cell: ({ nominal }) => show(nominal),
            },
            {
              id: 'u',
              title: `${t('reference.uncertainty')} (${unit})`,
              figure: true,
              cell: ({ expandedUncertainty }) => show(expandedUncertainty),
            },
            {
              id: 'tur',
              title: t('reference.tur'),
              figure: true,
              cell: ({ tur }) => (tur === null ? '—' : show(tur)),
            },
          ]}
        />
      )}
      {standardOverride !== null && props.hasConcerns && (
        <StatusMark status="caution" word={t('reference.overridden', { reason: standardOverride })} />
      )}
    </>
  );
}
