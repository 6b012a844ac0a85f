import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import styles from './Button.module.css';

interface PlainButtonProps extends Omit<ButtonProps, 'className' | 'style' | 'children'> {
  /** `main` is the one thing to do on a screen; everything else is `plain` or `quiet`. */
  look?: 'main' | 'plain' | 'quiet' | 'stop';
  children: ReactNode;
}

export function Button({ look = 'plain', ...props }: PlainButtonProps) {
  return <AriaButton {...props} className={`${styles.button} ${styles[look]}`} />;
}
