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

/** A suggested answer, and what it comes from: the template itself, a share of the sensor's range, EEMUA 191. */
export interface Usual {
  text: string;
  from: 'template' | 'range' | 'eemua';
  /** Of the range, where it comes from there. */
  percent: string | null;
  /** Null where the table has no values for the sensor's measurand, and those for all others are taken. */
  measurand: string | null;
}

/** What a question suggests once the sensors are chosen; '' where the sensor's range must be known and is not. */
export function usualAnswers(
  template: Template,
  chosen: Answers,
  channels: readonly TemplateChannel[],
  deadBands: DeadBands,
): Answers {
  const answers: Record<string, string> = {};
  for (const question of template.questions) {
    if (question.kind === 'sensor') {
      answers[question.id] = chosen[question.id] ?? firstFree(fitting(template, channels), answers);
      continue;
    }
    answers[question.id] =
      chosen[question.id] ?? usualFor(question, channelOf(question, answers, channels), deadBands).text;
  }
  return answers;
}

/** Channels that the template may look at. */
export const fitting = <C extends TemplateChannel>(
  { measurands }: Template,
  channels: readonly C[],
): readonly C[] =>
  channels.filter(({ measurand }) => measurands.length === 0 || measurands.includes(measurand));

/** How many channels the template looks at. */
export const sensorsAsked = ({ questions }: Template): number =>
  questions.filter(({ kind }) => kind === 'sensor').length;

const firstFree = (channels: readonly TemplateChannel[], answers: Answers): string =>
  channels.find(({ id }) => !Object.values(answers).includes(id))?.id ?? '';

/** The channel that a question's answer is about. */
export function channelOf<C extends TemplateChannel>(
  question: Question,
  answers: Answers,
  channels: readonly C[],
): C | undefined {
  const sensor = 'of' in question && question.of !== undefined ? answers[question.of] : undefined;
  return channels.find(({ id }) => id === sensor);
}

export function usualFor(
  { usual, kind }: Asked,
  channel: TemplateChannel | undefined,
  deadBands: DeadBands,
): Usual {
  if (typeof usual === 'string') return { text: usual, from: 'template', percent: null, measurand: null };
  const known = deadBands.measurands[channel?.measurand ?? ''];
  const start = known ?? deadBands.other;
  const measurand = known === undefined ? null : (channel?.measurand ?? null);
  if (kind === 'duration') return { text: start.settle, from: 'eemua', percent: null, measurand };
  const percent = 'percentOfRange' in usual ? usual.percentOfRange : start.percent;
  const text = channel ? shareOfRange(channel, percent, kind === 'value') : '';
  return { text, from: 'eemua' in usual ? 'eemua' : 'range', percent, measurand };
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

/** What the rule's fields are once the choices are made, with `{id}` in them. */
function fieldsOf(
  { questions, rule }: Template,
  answers: Answers,
): { fields: object } | { mistakes: Mistake[] } {
  const sets: Record<string, string> = {};
  for (const question of questions) {
    if (question.kind !== 'choice') continue;
    const option = question.options.find((each) => each.id === answers[question.id]);
    if (!option) return { mistakes: [{ path: question.id, message: 'is none of the answers' }] };
    Object.assign(sets, option.sets);
  }
  return { fields: { ...rule, ...sets } };
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
  const made = fieldsOf(template, answers);
  if ('mistakes' in made) return made;
  const whole = new Set(template.questions.filter(({ kind }) => kind === 'whole').map((each) => each.id));
  const parsed = AuthorRule.safeParse({ id, ...(filled(made.fields, answers, whole) as object) });
  if (parsed.success) return { rule: parsed.data };
  return {
    mistakes: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  };
}

/** The question whose answer stands in a field of the rule (`when.above`), or in what it lies in; null: none does. */
export function questionAt(template: Template, answers: Answers, path: string): string | null {
  if (template.questions.some(({ id }) => id === path)) return path;
  const made = fieldsOf(template, answers);
  if ('mistakes' in made) return null;
  let value: unknown = made.fields;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) break;
    value = Reflect.get(value, key);
  }
  return typeof value === 'string' ? (/\{(\w+)\}/.exec(value)?.[1] ?? null) : null;
}
