import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StandardCertificate, StandardEntry } from '../../../shared/contract/standards.ts';
import { unitTable } from '../../../shared/units/units.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { Select } from '../../ui/Select.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { CertificateFields } from './CertificateFields.tsx';
import { noStandard, readStandard, type StandardDraft } from './entry.ts';

interface FormProps {
  first?: StandardDraft;
  /** Certificates before the one in the form. */
  earlier?: readonly StandardCertificate[];
  save: string;
  isDisabled: boolean;
  onSave: (standard: StandardEntry) => void;
  onCancel: () => void;
}

/** A standard and the certificate that counts. */
export function StandardForm({ first = noStandard, earlier = [], ...props }: FormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(first);
  const [tried, setTried] = useState(false);
  const read = readStandard(draft, earlier);
  const put = (part: Partial<StandardDraft>) => setDraft({ ...draft, ...part });
  const unit = unitSymbol(draft.unit);
  const save = () => {
    setTried(true);
    if ('standard' in read) props.onSave(read.standard);
  };
  return (
    <div className={styles.stack}>
      <div className={styles.grid}>
        <TextField label={t('standards.maker')} value={draft.maker} onChange={(maker) => put({ maker })} />
        <TextField label={t('standards.model')} value={draft.model} onChange={(model) => put({ model })} />
        <TextField
          label={t('standards.serial')}
          value={draft.serial}
          onChange={(serial) => put({ serial })}
        />
        <Select
          label={t('standards.unit')}
          choices={Object.keys(unitTable)
            .filter((id) => unitSymbol(id) !== '')
            .map((id) => ({ id, label: unitSymbol(id) }))}
          value={draft.unit}
          onChange={(id) => put({ unit: id })}
        />
        <DecimalField
          label={t('standards.resolution')}
          value={draft.resolution}
          unit={unit}
          onChange={(resolution) => put({ resolution })}
          invalidText={t('form.decimal')}
        />
        <DecimalField
          label={t('standards.drift')}
          hint={t('standards.driftHint')}
          value={draft.drift}
          sign="±"
          unit={unit}
          onChange={(drift) => put({ drift })}
          invalidText={t('form.decimal')}
        />
        <Choice
          label={t('standards.use')}
          choices={(['working', 'reference'] as const).map((id) => ({
            id,
            label: t(`standards.uses.${id}`),
          }))}
          value={draft.use}
          onChange={(use) => put({ use })}
        />
        <TextField
          label={t('standards.remarks')}
          value={draft.remarks}
          maxLength={400}
          onChange={(remarks) => put({ remarks })}
        />
      </div>
      <CertificateFields
        draft={draft.certificate}
        unit={unit}
        onChange={(certificate) => put({ certificate })}
      />
      <div className={styles.line}>
        <Button look="main" isDisabled={props.isDisabled} onPress={save}>
          {props.save}
        </Button>
        <Button onPress={props.onCancel}>{t('wizard.cancel')}</Button>
        {tried && 'problem' in read && (
          <StatusMark status="caution" word={t(`standards.mistake.${read.problem}`)} />
        )}
      </div>
    </div>
  );
}
