import { useTranslation } from 'react-i18next';
import { unitTable } from '../../../shared/units/units.ts';
import { Fold } from '../../ui/Fold.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import type { ModbusDraft, ModbusField } from './reference.ts';

interface ModbusProps {
  draft: ModbusDraft;
  onChange: (draft: ModbusDraft) => void;
  problem: ModbusField | null;
}

/** Which register holds the reading, and how its number is to be understood. */
export function ModbusForm({ draft, onChange, problem }: ModbusProps) {
  const { t } = useTranslation();
  const wide = draft.type !== 'int16' && draft.type !== 'uint16';
  const number = (field: ModbusField) => (
    <TextField
      label={t(`reference.modbus.${field}`)}
      value={draft[field]}
      figure
      error={problem === field ? t('reference.wrongNumber') : null}
      onChange={(text) => onChange({ ...draft, [field]: text })}
    />
  );
  return (
    <div className={`${styles.wide} ${styles.stack}`}>
      <div className={styles.tight}>
        {number('unitId')}
        <Select
          label={t('reference.modbus.table')}
          choices={(['holding', 'input'] as const).map((id) => ({ id, label: t(`reference.tables.${id}`) }))}
          value={draft.table}
          onChange={(table) => onChange({ ...draft, table })}
        />
        {number('address')}
        <Select
          label={t('reference.modbus.type')}
          choices={(['int16', 'uint16', 'int32', 'uint32', 'float32'] as const).map((id) => ({
            id,
            label: id,
          }))}
          value={draft.type}
          onChange={(type) => onChange({ ...draft, type })}
        />
        {number('decimals')}
        <Select
          label={t('reference.modbus.unit')}
          choices={Object.keys(unitTable)
            .filter((id) => unitSymbol(id) !== '')
            .map((id) => ({ id, label: unitSymbol(id) }))}
          value={draft.unit}
          onChange={(unit) => onChange({ ...draft, unit })}
        />
      </div>
      <Fold title={t('reference.line')} isOpen={problem === 'baudRate'}>
        <div className={styles.tight}>
          {wide && (
            <Select
              label={t('reference.modbus.wordOrder')}
              choices={(['high-first', 'low-first'] as const).map((id) => ({
                id,
                label: t(`reference.orders.${id}`),
              }))}
              value={draft.wordOrder}
              onChange={(wordOrder) => onChange({ ...draft, wordOrder })}
            />
          )}
          {number('baudRate')}
          <Select
            label={t('reference.modbus.parity')}
            choices={(['none', 'even', 'odd'] as const).map((id) => ({
              id,
              label: t(`reference.parities.${id}`),
            }))}
            value={draft.parity}
            onChange={(parity) => onChange({ ...draft, parity })}
          />
        </div>
      </Fold>
    </div>
  );
}
