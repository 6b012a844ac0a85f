import { useTranslation } from 'react-i18next';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import type { ProvisionIntent, ProvisionState } from '../../../shared/contract/provision.ts';
import { isProven, provisionWizard } from '../../../shared/wizard/provision.ts';
import { useBlocked } from '../common/useBlocked.ts';
import { useUsualActions } from '../common/useUsualActions.ts';
import type { WizardHandle } from '../common/useWizard.ts';
import type { MainAction } from '../common/WizardFrame.tsx';
import { readDraft } from './connectionDraft.ts';
import { isSameSet } from './differenceLines.ts';
import { settingsProblem } from './settings.ts';
import type { Drafts } from './useDrafts.ts';

/** The one thing to do next. */
export function useMainAction(
  { act, sending }: WizardHandle<'provision'>,
  state: ProvisionState,
  port: PortInfo | null,
  drafts: Drafts,
): MainAction {
  const { t } = useTranslation();
  const words = useBlocked();
  const usual = useUsualActions();
  const wait = sending || drafts.secrets.sending.running ? t('blocked.busy') : null;
  const reason = (intent: ProvisionIntent['type']) => wait ?? words(provisionWizard.blocked(state, intent));
  const action = (intent: ProvisionIntent & { type: 'push' | 'proveBroker' }, label: string): MainAction => ({
    label,
    blocked: reason(intent.type),
    onPress: () => act(intent),
  });
  if (state.task !== null) return usual.stop(() => act({ type: 'stop' }));
  if (state.done) return usual.toJob;
  switch (state.step) {
    case 'choose':
      return {
        label: t('provision.identify'),
        blocked: reason('identify') ?? (port === null ? t('provision.choosePortFirst') : null),
        onPress: () => port !== null && act({ type: 'identify', port }),
      };
    case 'describe': {
      const { settings, software } = drafts;
      const problem = settingsProblem(settings);
      const wrong = problem === null ? null : t(`provision.problem.${problem}`);
      return usual.onward(() => act({ type: 'describe', settings, software }), reason('describe') ?? wrong);
    }
    case 'connect': {
      const { problem } = drafts.read;
      const wrong = problem === null ? null : t(`connect.problem.${problem}`);
      return usual.onward(() => connect(drafts, act), reason('connect') ?? wrong);
    }
    case 'difference': {
      const lines = [...drafts.leftOut];
      if (state.plan === null || !isSameSet(lines, state.leftOut)) {
        const again = () => act({ type: 'leaveOut', lines });
        return { label: t('difference.apply'), blocked: reason('connect'), onPress: again };
      }
      const onward = () => act({ type: 'goto', step: 'push' });
      return { label: t('difference.toPush'), blocked: reason('push'), onPress: onward };
    }
    case 'push':
      return action({ type: 'push' }, t('provision.push'));
    case 'proof':
      return atProof();
  }

  function atProof(): MainAction {
    if (!isProven(state)) return action({ type: 'push' }, t('provision.pushAgain'));
    if (state.connection?.broker == null || state.brokerProved) {
      return usual.finish(() => act({ type: 'finish' }), reason('finish'));
    }
    const again = state.sights.length > 0 || state.failure !== null;
    return action({ type: 'proveBroker' }, again ? t('proof.proveAgain') : t('proof.prove'));
  }
}

/** Secrets that still stand in their fields go to the host first; the settings only name them. */
function connect(drafts: Drafts, act: WizardHandle<'provision'>['act']): void {
  drafts.secrets.sending.run(async () => {
    const kept = await drafts.secrets.settle();
    const { connection } = drafts;
    const { settings } = readDraft({ ...connection, secrets: { ...connection.secrets, ...kept } });
    if (settings !== null) act({ type: 'connect', connection: settings });
  });
}
