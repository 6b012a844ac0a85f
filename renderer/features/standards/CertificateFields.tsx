import { useTranslation } from 'react-i18next';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import type { CertificateDraft } from './entry.ts';

/** What a certificate of a standard says, to be copied from it. */
export function CertificateFields(props: {
  draft: CertificateDraft;
  unit: string;
  onChange: (draft: CertificateDraft) => void;
}) {
  const { draft, unit } = props;
  const { t } = useTranslation();
  const put = (part: Partial<CertificateDraft>) => props.onChange({ ...draft, ...part });
  return (
    <div className={styles.grid}>
      <TextField label={t('standards.number')} value={draft.number} onChange={(number) => put({ number })} />
      <TextField
        label={t('standards.laboratory')}
        value={draft.laboratory}
        onChange={(laboratory) => put({ laboratory })}
      />
      <TextField
        label={t('standards.accreditation')}
        hint={t('standards.accreditationHint')}
        value={draft.accreditation}
        onChange={(accreditation) => put({ accreditation })}
      />
      <TextField
        label={t('standards.issued')}
        type="date"
        value={draft.issued}
        onChange={(issued) => put({ issued })}
      />
      <TextField
        label={t('standards.dueOn')}
        type="date"
        value={draft.due}
        onChange={(due) => put({ due })}
      />
      <div className={styles.wide}>
        <TextArea
          label={`${t('standards.points')} (${unit})`}
          hint={t('standards.pointsHint')}
          value={draft.points}
          onChange={(points) => put({ points })}
          rows={5}
          maxLength={6000}
        />
      </div>
    </div>
  );
}
