import { useTranslation } from 'react-i18next';
import type { PointVerdict } from '../../../shared/contract/evaluation.ts';
import { type Status, StatusMark } from '../../ui/StatusMark.tsx';

const marks: Record<PointVerdict | 'none', Status> = {
  pass: 'good',
  'conditional-pass': 'caution',
  'conditional-fail': 'caution',
  fail: 'bad',
  none: 'none',
};

export function VerdictMark({ verdict }: { verdict: PointVerdict | 'none' }) {
  const { t } = useTranslation();
  return <StatusMark status={marks[verdict]} word={t(`evaluation.verdict.${verdict}`)} />;
}
