import { useTranslation } from 'react-i18next';
import type { Question, Template } from '../../../../shared/contract/rule-template.ts';

/** The words of a template in another language; its own file has them in English. */
export interface TemplateTranslation {
  title: string;
  purpose: string;
  /** Title of the rule that it makes. */
  rule: string;
  questions: Readonly<Record<string, string>>;
  /** By question and option: `every.yes`. */
  options: Readonly<Record<string, string>>;
}

/** Templates are files, so their translations stand in a name space of their own and not in the catalogue. */
export const templateSpace = 'templates';

interface TemplateWords {
  title: (template: Template) => string;
  purpose: (template: Template) => string;
  question: (template: Template, question: Question) => string;
  option: (template: Template, question: string, option: { id: string; title: string }) => string;
  /** Null where the template itself has the right one. */
  ruleTitle: (template: Template) => string | null;
}

export function useTemplateWords(): TemplateWords {
  const { i18n } = useTranslation();
  const table: unknown = i18n.getResourceBundle(i18n.language, templateSpace);
  const translations = (table ?? {}) as Readonly<Record<string, TemplateTranslation>>;
  return {
    title: ({ id, title }) => translations[id]?.title ?? title,
    purpose: ({ id, purpose }) => translations[id]?.purpose ?? purpose,
    question: ({ id }, question) => translations[id]?.questions[question.id] ?? question.title,
    option: ({ id }, question, option) =>
      translations[id]?.options[`${question}.${option.id}`] ?? option.title,
    ruleTitle: ({ id }) => translations[id]?.rule ?? null,
  };
}
