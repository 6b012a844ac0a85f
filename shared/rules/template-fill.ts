import { AuthorRule } from '../contract/author.ts';
import type { DeadBands, Question, Template } from '../contract/rule-template.ts';
import type { Mistake } from '../contract/validate.ts';
import { addDecimal, fromQuanta, multiplyDecimal, nearestQuanta, subtractDecimal } from '../units/units.ts';
import type { CompileChannel } from './compile-channel.ts';

/** A channel as a template must know it. */
export interface TemplateChannel extends CompileChannel {
  measurand: string;
}
export type Answers = Readonly<Record<string, string>>;

type Asked = Extract<Question, { usual: unknown }>;

/** What a question suggests once the sensors are chosen; '' where the sensor's range must be known and is not. */
export function usualAnswers(
  { questions }: Template,
  chosen: Answers,
  channels: readonly TemplateChannel[],
  deadBands: DeadBands,
): Answers {
  const answers: Record<string, string> = {};
  for (const question of questions) {
    if (question.kind === 'sensor') {
      answers[question.id] = chosen[question.id] ?? firstFree(channels, answers);
      continue;
    }
    const sensor = 'of' in question && question.of !== undefined ? answers[question.of] : undefined;
    const channel = channels.find(({ id }) => id === sensor);
    answers[question.id] = chosen[question.id] ?? usualOf(question, channel, deadBands);
  }
  return answers;
}

const firstFree = (channels: readonly TemplateChannel[], answers: Answers): string =>
  channels.find(({ id }) => !Object.values(answers).includes(id))?.id ?? '';

function usualOf(question: Asked, channel: TemplateChannel | undefined, deadBands: DeadBands): string {
  const { usual, kind } = question;
  if (typeof usual === 'string') return usual;
  const start = deadBands.measurands[channel?.measurand ?? ''] ?? deadBands.other;
  if (kind === 'duration') return start.settle;
  const percent = 'percentOfRange' in usual ? usual.percentOfRange : start.percent;
  return channel ? shareOfRange(channel, percent, kind === 'value') : '';
}

/** Whole quanta, at least one: `percent` of the range, counted from its lower end for a value. */
function shareOfRange({ min, max, quantum }: TemplateChannel, percent: string, fromLow: boolean): string {
  if (min === undefined || max === undefined) return '';
  const share = multiplyDecimal(multiplyDecimal(subtractDecimal(max, min), percent), '0.01');
  if (fromLow) return fromQuanta(nearestQuanta(addDecimal(min, share), quantum), quantum);
  return fromQuanta(Math.max(1, nearestQuanta(share, quantum, 'up')), quantum);
}

/** `{id}` in every text becomes its answer; a text that is a whole number's place becomes the number. */
function filled(value: unknown, answers: Answers, whole: ReadonlySet<string>): unknown {
  if (typeof value === 'string') {
    const only = /^\{(\w+)\}$/.exec(value)?.[1];
    if (only !== undefined && whole.has(only)) return Number(answers[only]);
    return value.replace(/\{(\w+)\}/g, (_, id: string) => answers[id] ?? '');
  }
  if (Array.isArray(value)) return value.map((each) => filled(each, answers, whole));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, answers, whole)]));
}

/** A rule of the author form; or what is missing, its path the question or the field of the rule. */
export function fillTemplate(
  template: Template,
  id: string,
  answers: Answers,
): { rule: AuthorRule } | { mistakes: Mistake[] } {
  const missing = template.questions.filter((question) => (answers[question.id] ?? '') === '');
  if (missing.length > 0) {
    return { mistakes: missing.map((question) => ({ path: question.id, message: 'is not answered' })) };
  }
  const sets: Record<string, string> = {};
  for (const question of template.questions) {
    if (question.kind !== 'choice') continue;
    const option = question.options.find((each) => each.id === answers[question.id]);
    if (!option) return { mistakes: [{ path: question.id, message: 'is none of the answers' }] };
    Object.assign(sets, option.sets);
  }
  const whole = new Set(template.questions.filter(({ kind }) => kind === 'whole').map((each) => each.id));
  const parsed = AuthorRule.safeParse({
    id,
    ...(filled({ ...template.rule, ...sets }, answers, whole) as object),
  });
  if (parsed.success) return { rule: parsed.data };
  return {
    mistakes: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  };
}
