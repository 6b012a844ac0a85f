import { useTranslation } from 'react-i18next';
import type { ValidateIntent, ValidateState } from '../../../shared/contract/validate.ts';
import { Button } from '../../ui/Button.tsx';
import type { Lab } from './useLab.ts';
import type { Replay } from './useReplay.ts';

/** A draft is kept, which compiles it and runs its tests again, or given up. Nothing where there is none. */
export function DraftActs(props: {
  state: ValidateState;
  act: (intent: ValidateIntent) => void;
  sending: boolean;
  lab: Lab;
  replay: Replay;
}) {
  const { state, lab } = props;
  const { t } = useTranslation();
  if (!lab.changed || state.task !== null) return null;
  const keep = () => {
    const basedOn = lab.basedOn ?? state.basedOn;
    props.act({ type: 'rules', rules: [...lab.rules], ...(basedOn === null ? {} : { basedOn }) });
  };
  return (
    <>
      <Button look="quiet" onPress={lab.dropDraft}>
        {t('lab.backToKept')}
      </Button>
      <Button isDisabled={props.sending || props.replay.mistakes.length > 0} onPress={keep}>
        {t('lab.keep')}
      </Button>
    </>
  );
}
