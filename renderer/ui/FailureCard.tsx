import { type ReactNode, useState } from 'react';
import { Disclosure, DisclosurePanel, Button as FoldButton, Heading } from 'react-aria-components';
import { Button } from './Button.tsx';
import styles from './FailureCard.module.css';
import { Icon } from './Icon.tsx';
import { StatusMark } from './StatusMark.tsx';

interface FailureCardProps {
  /** What happened. */
  what: string;
  /** In which state the unit is now, and how grave that is. */
  state: string;
  stateStatus: 'good' | 'caution' | 'bad';
  /** What to do next. */
  next: string;
  /** The button that does it, where we can. */
  action?: ReactNode;
  /** For the expert; copied as it stands. */
  details: string;
  words: {
    failed: string;
    stateTitle: string;
    nextTitle: string;
    details: string;
    copy: string;
    copied: string;
  };
}

export function FailureCard(props: FailureCardProps) {
  const [copied, setCopied] = useState(false);
  const [open, setOpen] = useState(false);
  const { words } = props;
  return (
    <section className={styles.card} role="alert">
      <div className={styles.what}>
        <StatusMark status="bad" word={words.failed} />
        <p>{props.what}</p>
      </div>
      <dl className={styles.rows}>
        <dt>{words.stateTitle}</dt>
        <dd>
          <StatusMark status={props.stateStatus} word={props.state} />
        </dd>
        <dt>{words.nextTitle}</dt>
        <dd>{props.next}</dd>
      </dl>
      <div className={styles.actions}>
        {props.action}
        <Disclosure className={styles.fold ?? ''} isExpanded={open} onExpandedChange={setOpen}>
          <Heading level={2} className={styles.foldHead ?? ''}>
            <FoldButton slot="trigger" className={styles.foldButton ?? ''}>
              <Icon name="right" size={16} />
              {words.details}
            </FoldButton>
          </Heading>
          <DisclosurePanel>
            {open && (
              <>
                <pre className={styles.details}>{props.details}</pre>
                <Button
                  onPress={() => {
                    void navigator.clipboard.writeText(props.details).then(() => setCopied(true));
                  }}
                >
                  <Icon name="copy" />
                  {copied ? words.copied : words.copy}
                </Button>
              </>
            )}
          </DisclosurePanel>
        </Disclosure>
      </div>
    </section>
  );
}
