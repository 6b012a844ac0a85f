import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Laboratory } from '../../../shared/contract/certificate.ts';
import { unitTable } from '../../../shared/units/units.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { base64Of } from '../common/base64.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { unitSymbol } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';

/** In the contract a logo has at most 400 000 characters of base64. */
const LOGO_BYTES = 300_000;

/** Who calibrates, as it stands on every certificate. */
export function LaboratoryCard() {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const [draft, setDraft] = useState<Laboratory | null>(null);
  const [kept, setKept] = useState(false);
  useEffect(() => {
    run(async () => setDraft(await host.call('laboratory.get', {})));
  }, [host, run]);
  const parsed = draft === null ? null : Laboratory.safeParse(draft);
  const right = parsed?.success === true && parsed.data.party.name !== '' ? parsed.data : null;
  const save = () =>
    run(async () => {
      if (right === null) return;
      setDraft(await host.call('laboratory.describe', { laboratory: right }));
      setKept(true);
    });
  const change = (laboratory: Laboratory) => {
    setDraft(laboratory);
    setKept(false);
  };
  return (
    <Card title={t('laboratory.title')}>
      <p>{t('laboratory.lead')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      {draft !== null && (
        <>
          <Fields draft={draft} onChange={change} />
          <Logo draft={draft} onChange={change} />
          <div className={styles.line}>
            <Button isDisabled={running || right === null} onPress={save}>
              {t('laboratory.save')}
            </Button>
            {right === null && <StatusMark status="caution" word={t('laboratory.wrong')} />}
            {kept && <StatusMark status="good" word={t('laboratory.saved')} />}
          </div>
        </>
      )}
    </Card>
  );
}

interface FieldsProps {
  draft: Laboratory;
  onChange: (draft: Laboratory) => void;
}

function Fields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const put = (part: Partial<Laboratory>) => onChange({ ...draft, ...part });
  const party = (part: Partial<Laboratory['party']>) => put({ party: { ...draft.party, ...part } });
  const { floor } = draft;
  return (
    <div className={styles.grid}>
      <TextField
        label={t('laboratory.name')}
        value={draft.party.name}
        maxLength={60}
        onChange={(name) => party({ name })}
      />
      <TextField
        label={t('certificate.contact')}
        value={draft.party.contact}
        maxLength={60}
        onChange={(contact) => party({ contact })}
      />
      <TextArea
        label={t('certificate.address')}
        value={draft.party.address}
        rows={2}
        maxLength={1000}
        onChange={(address) => party({ address })}
      />
      <TextField
        label={t('certificate.country')}
        value={draft.party.country}
        maxLength={2}
        onChange={(country) => party({ country: country.toUpperCase() })}
      />
      <TextField
        label={t('laboratory.accreditation')}
        hint={t('laboratory.accreditationHint')}
        value={draft.accreditation}
        maxLength={60}
        onChange={(accreditation) => put({ accreditation })}
      />
      <TextField
        label={t('laboratory.prefix')}
        hint={t('laboratory.prefixHint')}
        value={draft.prefix}
        maxLength={12}
        onChange={(prefix) => put({ prefix })}
      />
      <Select
        label={t('laboratory.rounding')}
        choices={(['up', 'nearest', 'gum'] as const).map((id) => ({
          id,
          label: t(`laboratory.roundings.${id}`),
        }))}
        value={draft.rounding}
        onChange={(rounding) => put({ rounding })}
      />
      <Choice
        label={t('laboratory.paper')}
        choices={(['A4', 'LETTER'] as const).map((id) => ({ id, label: t(`laboratory.papers.${id}`) }))}
        value={draft.paper}
        onChange={(paper) => put({ paper })}
      />
      <DecimalField
        label={t('laboratory.floor')}
        hint={t('laboratory.floorHint')}
        value={floor?.amount ?? ''}
        unit={unitSymbol(floor?.unit ?? '')}
        onChange={(amount) => put({ floor: amount === '' ? null : { unit: floor?.unit ?? 'degC', amount } })}
        invalidText={t('form.decimal')}
      />
      {floor !== null && (
        <Select
          label={t('laboratory.floorUnit')}
          choices={Object.keys(unitTable)
            .filter((id) => unitSymbol(id) !== '')
            .map((id) => ({ id, label: unitSymbol(id) }))}
          value={floor.unit}
          onChange={(unit) => put({ floor: { ...floor, unit } })}
        />
      )}
      <div className={styles.wide}>
        <TextArea
          label={t('laboratory.text')}
          value={draft.text}
          rows={2}
          maxLength={1000}
          onChange={(text) => put({ text })}
        />
      </div>
    </div>
  );
}

/** A PNG begins with these letters; the only other kind is JPEG. */
const pictureOf = (base64: string): string =>
  `data:image/${base64.startsWith('iVBOR') ? 'png' : 'jpeg'};base64,${base64}`;

function Logo({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const [tooLarge, setTooLarge] = useState(false);
  const take = (file: File) => {
    setTooLarge(file.size > LOGO_BYTES);
    if (file.size <= LOGO_BYTES) void base64Of(file).then((logo) => onChange({ ...draft, logo }));
  };
  return (
    <div className={styles.line}>
      <FileButton label={t('laboratory.logo')} endings={['.png', '.jpg', '.jpeg']} onFile={take} />
      {draft.logo !== null && (
        <Button look="quiet" onPress={() => onChange({ ...draft, logo: null })}>
          {t('laboratory.removeLogo')}
        </Button>
      )}
      {draft.logo === null ? (
        <span>{t('laboratory.logoNone')}</span>
      ) : (
        <img src={pictureOf(draft.logo)} alt={t('laboratory.logoThere')} height={44} />
      )}
      <span className={styles.note}>{t('laboratory.logoHint')}</span>
      {tooLarge && <StatusMark status="bad" word={t('laboratory.tooLarge')} />}
    </div>
  );
}
