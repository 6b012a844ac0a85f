import { useTranslation } from 'react-i18next';
import type { ReferenceStandard } from '../../../shared/contract/standards.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { useToday } from '../common/today.ts';
import { standardMarks, standardState } from './standard.ts';

/** How a standard stands today. */
export function StateMark({ standard }: { standard: ReferenceStandard }) {
  const { t } = useTranslation();
  const state = standardState(standard, useToday());
  return <StatusMark status={standardMarks[state]} word={t(`standards.state.${state}`)} />;
}
