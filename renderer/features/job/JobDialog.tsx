import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { useCall } from '../common/useCall.ts';

export function JobDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const [name, setName] = useState(job.name);
  const [engineer, setEngineer] = useState(job.engineer);
  const [customer, setCustomer] = useState(job.customer);
  const { run, running, failure } = useCall();
  const save = () =>
    run(async () => {
      useDesk.setState({ job: await host.call('job.describe', { name, engineer, customer }) });
      onClose();
    });
  return (
    <Dialog
      title={t('job.dialogTitle')}
      isOpen
      onClose={onClose}
      onEnter={save}
      actions={
        <>
          <Button onPress={onClose}>{t('wizard.cancel')}</Button>
          <Button look="main" isDisabled={running || name.trim() === ''} type="submit">
            {t('job.save')}
          </Button>
        </>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      <TextField label={t('job.name')} value={name} onChange={setName} maxLength={60} autoFocus />
      <TextField
        label={t('job.engineer')}
        hint={t('job.engineerHint')}
        value={engineer}
        onChange={setEngineer}
        maxLength={60}
      />
      <TextField label={t('job.customer')} value={customer} onChange={setCustomer} maxLength={60} />
    </Dialog>
  );
}
