import { useTranslation } from 'react-i18next';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { useDesk } from './desk.ts';
import { useWords } from './useWords.ts';

/** What the host does for this wizard right now, in the field's terms, with a real figure. */
export function TaskLine(props: { wizard: string; kind: string; task: { id: number; kind: string } | null }) {
  const { t } = useTranslation();
  const words = useWords();
  const progress = useDesk((desk) => desk.progress[props.wizard]);
  if (props.task === null) return null;
  const present = progress?.task === props.task.id ? progress : null;
  const fallback = words(`task.${props.kind}.${props.task.kind}`, {}) ?? t('task.working');
  const label =
    present === null
      ? fallback
      : (words(`progress.${props.kind}.${present.key}`, present.params) ??
        words(`progress.${present.key}`, present.params) ??
        fallback);
  // One step has no middle: 0 % of it would stand still until it is over.
  const total = present === null || present.total <= 1 ? 0 : present.total;
  const done = present?.done ?? 0;
  const figure = total > 0 ? t('task.percent', { percent: Math.floor((100 * done) / total) }) : '';
  return <ProgressBar label={label} done={done} total={total} figure={figure} />;
}
