import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './Dialog.module.css';

export function Dialog(props: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  actions?: ReactNode;
  /** What Enter does in a field of the dialog. */
  onEnter?: () => void;
  /** For tables. */
  isWide?: boolean;
}) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={props.isOpen}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      isDismissable
    >
      <Modal className={`${styles.modal} ${props.isWide ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog ?? ''}>
          <Heading slot="title" level={2}>
            {props.title}
          </Heading>
          <form
            className={styles.body}
            onSubmit={(event) => {
              event.preventDefault();
              // A dialog may be opened from within a form of the page; Enter here is not Enter there.
              event.stopPropagation();
              props.onEnter?.();
            }}
          >
            {props.children}
            {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
          </form>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
