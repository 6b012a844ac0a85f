import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import type { CircumstancesDraft } from './circumstances.ts';

interface FormProps {
  draft: CircumstancesDraft;
  onChange: (draft: CircumstancesDraft) => void;
}

const ranges = [
  ['temperature', '°C'],
  ['humidity', '%'],
  ['pressure', 'hPa'],
] as const;

const blocks = ['condition', 'deviations', 'opinion', 'external'] as const;

/** Place, conditions as ranges during the run, item and customer. */
export function CircumstancesForm({ draft, onChange }: FormProps) {
  const { t } = useTranslation();
  const put = (part: Partial<CircumstancesDraft>) => onChange({ ...draft, ...part });
  return (
    <div className={styles.stack}>
      <div className={styles.grid}>
        <Choice
          label={t('certificate.place')}
          choices={(['laboratory', 'customer', 'other'] as const).map((id) => ({
            id,
            label: t(`certificate.places.${id}`),
          }))}
          value={draft.place}
          onChange={(place) => put({ place })}
        />
        <TextField
          label={t('certificate.placeName')}
          value={draft.placeName}
          maxLength={60}
          onChange={(placeName) => put({ placeName })}
        />
      </div>
      <div className={styles.tight}>
        {ranges.flatMap(([name, unit]) =>
          (['min', 'max'] as const).map((end) => (
            <DecimalField
              key={`${name} ${end}`}
              label={t(end === 'min' ? 'certificate.from' : 'certificate.to', {
                what: t(`certificate.${name}`),
              })}
              value={draft[name][end]}
              unit={unit}
              onChange={(text) => put({ [name]: { ...draft[name], [end]: text } })}
              invalidText={t('form.decimal')}
            />
          )),
        )}
      </div>
      <Customer draft={draft} onChange={onChange} />
      <div className={styles.grid}>
        {blocks.map((name) => (
          <TextArea
            key={name}
            label={t(`certificate.${name}`)}
            {...(name === 'opinion' ? { hint: t('certificate.opinionHint') } : {})}
            value={draft[name]}
            rows={2}
            maxLength={1000}
            onChange={(text) => put({ [name]: text })}
          />
        ))}
      </div>
      <Authority draft={draft} onChange={onChange} />
    </div>
  );
}

function Customer({ draft, onChange }: FormProps) {
  const { t } = useTranslation();
  const put = (part: Partial<CircumstancesDraft['customer']>) =>
    onChange({ ...draft, customer: { ...draft.customer, ...part } });
  return (
    <div className={styles.grid}>
      <TextField
        label={t('certificate.customer')}
        value={draft.customer.name}
        maxLength={60}
        onChange={(name) => put({ name })}
      />
      <TextField
        label={t('certificate.contact')}
        value={draft.customer.contact}
        maxLength={60}
        onChange={(contact) => put({ contact })}
      />
      <TextArea
        label={t('certificate.address')}
        value={draft.customer.address}
        rows={2}
        maxLength={1000}
        onChange={(address) => put({ address })}
      />
      <TextField
        label={t('certificate.country')}
        value={draft.customer.country}
        maxLength={2}
        onChange={(country) => put({ country: country.toUpperCase() })}
      />
      <TextField
        label={t('certificate.received')}
        type="date"
        value={draft.received}
        onChange={(received) => onChange({ ...draft, received })}
      />
    </div>
  );
}

/** Who stands for it; and a due date, which may only be printed where the customer asked for it. */
function Authority({ draft, onChange }: FormProps) {
  const { t } = useTranslation();
  const { nextDue } = draft;
  const put = (part: Partial<CircumstancesDraft['nextDue']>) =>
    onChange({ ...draft, nextDue: { ...nextDue, ...part } });
  return (
    <div className={styles.grid}>
      <TextField
        label={t('certificate.authorisedBy')}
        hint={t('certificate.authorisedHint')}
        value={draft.authorisedBy}
        maxLength={60}
        onChange={(authorisedBy) => onChange({ ...draft, authorisedBy })}
      />
      <TextField
        label={t('certificate.role')}
        value={draft.role}
        maxLength={60}
        onChange={(role) => onChange({ ...draft, role })}
      />
      <TextField
        label={t('certificate.nextDue')}
        type="date"
        value={nextDue.on}
        onChange={(on) => put({ on })}
      />
      <TextField
        label={t('certificate.nextDueMethod')}
        value={nextDue.method}
        maxLength={80}
        onChange={(method) => put({ method })}
      />
      <div className={styles.wide}>
        <Checkbox
          label={t('certificate.agreed')}
          value={nextDue.agreed}
          isDisabled={nextDue.on === ''}
          onChange={(agreed) => put({ agreed })}
        />
      </div>
    </div>
  );
}
