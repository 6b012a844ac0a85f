import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { type Step, Steps } from '../../ui/Steps.tsx';
import { useDesk } from './desk.ts';
import { go } from './route.ts';
import { useKeys } from './useKeys.ts';
import styles from './WizardFrame.module.css';

export interface MainAction {
  label: string;
  onPress: () => void;
  /** Why it cannot be done now, in words; null where it can. */
  blocked: string | null;
  look?: 'main' | 'stop';
}

interface WizardFrameProps {
  /** Unit and work: `TT-204`, `Calibrate t1`. */
  subject: string;
  work: string;
  steps: readonly Step[];
  current: string;
  done: readonly string[];
  /** What this step is about, as a heading. */
  title: string;
  children: ReactNode;
  evidence: ReactNode;
  back: (() => void) | null;
  main: MainAction;
  /** Other things that can be done at this step, before the main action. */
  others?: ReactNode;
}

const leave = (): void => go('job');

/** The one frame of every wizard: steps above, work and evidence side by side, the way on below. */
export function WizardFrame(props: WizardFrameProps) {
  const { t } = useTranslation();
  const offline = useDesk((desk) => desk.link !== 'up');
  const main = offline ? { ...props.main, blocked: t('app.lostShort') } : props.main;
  const heading = useFocusOnChange(props.current);
  const act = () => {
    if (main.blocked === null && main.look !== 'stop') main.onPress();
  };
  useKeys({ Escape: leave, Enter: act });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    act();
  };
  return (
    <form className={styles.frame} onSubmit={onSubmit} noValidate>
      <Head subject={props.subject} work={props.work} />
      <Steps
        label={t('wizard.steps')}
        steps={props.steps}
        current={props.current}
        done={props.done}
        words={{ done: t('wizard.stepDone') }}
      />
      <div className={styles.body}>
        <div className={styles.main}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {props.title}
          </h1>
          {props.children}
        </div>
        {props.evidence}
      </div>
      <Foot back={props.back} main={main} others={props.others} />
    </form>
  );
}

/** A new step takes the focus, so that keys and readers follow; the first one leaves it where it was. */
function useFocusOnChange(step: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step itself is not read, its change is what counts.
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [step]);
  return heading;
}

function Head({ subject, work }: Pick<WizardFrameProps, 'subject' | 'work'>) {
  const { t } = useTranslation();
  return (
    <header className={styles.head}>
      <p className={styles.trail}>
        <strong>{subject}</strong>
        <Icon name="right" size={16} />
        <span>{work}</span>
      </p>
      <Button look="quiet" onPress={leave}>
        <Icon name="close" />
        {t('wizard.leave')}
      </Button>
    </header>
  );
}

function Foot({ back, main, others }: Pick<WizardFrameProps, 'back' | 'main' | 'others'>) {
  const { t } = useTranslation();
  return (
    <footer className={styles.foot}>
      {back !== null && (
        <Button onPress={back}>
          <Icon name="left" />
          {t('wizard.back')}
        </Button>
      )}
      <div className={styles.onward}>
        {main.blocked !== null && (
          <p className={styles.why} id="why-blocked">
            <StatusMark status="caution" word={null} />
            {main.blocked}
          </p>
        )}
        {others}
        {main.look === 'stop' ? (
          <StopButton main={main} />
        ) : (
          <Button
            look="main"
            type="submit"
            isDisabled={main.blocked !== null}
            {...(main.blocked === null ? {} : { 'aria-describedby': 'why-blocked' })}
          >
            {main.label}
          </Button>
        )}
      </div>
    </footer>
  );
}

/** It takes the place of the button that started the task, so the second half of a double click must not stop it. */
const DOUBLE_CLICK_MS = 700;

function StopButton({ main }: { main: MainAction }) {
  const since = useRef(Number.POSITIVE_INFINITY);
  useEffect(() => {
    since.current = performance.now();
  }, []);
  return (
    <Button
      look="stop"
      isDisabled={main.blocked !== null}
      onPress={() => {
        if (performance.now() - since.current > DOUBLE_CLICK_MS) main.onPress();
      }}
    >
      {main.label}
    </Button>
  );
}
