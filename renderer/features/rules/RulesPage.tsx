import { useTranslation } from 'react-i18next';
import type { JobUnit } from '../../../shared/contract/job.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { openWizard } from '../common/openWizard.ts';
import { Page } from '../common/Page.tsx';
import { go } from '../common/route.ts';
import { shortId } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { RuleMarks } from '../validate/RuleMarks.tsx';

/** Every unit's rules, and how far each is proven. */
export function RulesPage() {
  const { t } = useTranslation();
  const units =
    useDesk((desk) => desk.job?.units ?? null)?.filter((unit) => unit.provisioned !== 'none') ?? [];
  return (
    <Page title={t('rules.title')} lead={t('rules.lead')}>
      {units.length === 0 && (
        <EmptyState
          title={t('rules.emptyTitle')}
          actions={<Button onPress={() => go('job')}>{t('wizard.toJob')}</Button>}
        >
          <p>{t('rules.emptyBody')}</p>
        </EmptyState>
      )}
      {units.map((unit) => (
        <UnitRules key={unit.hardwareId} unit={unit} />
      ))}
    </Page>
  );
}

function UnitRules({ unit }: { unit: JobUnit }) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const wizard = useDesk((desk) => desk.wizards[unit.wizards.validate ?? '']);
  const state = wizard?.kind === 'validate' ? wizard : null;
  const name = unit.settings?.tag ?? shortId(unit.hardwareId);
  const fresh = state === null || state.done;
  return (
    <Card
      title={unit.settings === null ? name : `${name} · ${shortId(unit.hardwareId)}`}
      aside={
        <Button
          isDisabled={running}
          onPress={() => run(() => openWizard(host, 'validate', unit.hardwareId, fresh))}
          aria-label={`${t(fresh ? 'rules.write' : 'rules.resume')} ${name}`}
        >
          {t(fresh ? 'rules.write' : 'rules.resume')}
        </Button>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      {state?.compiled == null ? (
        <p>{t('rules.none')}</p>
      ) : (
        <>
          {state.compiled.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <RuleMarks state={state} />
        </>
      )}
    </Card>
  );
}
