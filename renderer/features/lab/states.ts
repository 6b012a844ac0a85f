import type { WhyRuleState } from '../../../shared/contract/lab-methods.ts';
import type { Status } from '../../ui/StatusMark.tsx';

/** The sign of a rule's state. */
export const statusOfState: Readonly<Record<WhyRuleState['state'], Status>> = {
  NORMAL: 'good',
  PENDING: 'busy',
  ACTIVE: 'bad',
  CLEARING: 'open',
  LATCHED: 'caution',
};
