import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Template } from '../../../shared/contract/rule-template.ts';
import { germanTemplates } from './ruleTemplates.ts';

const folder = new URL('../../../resources/rules/templates/', import.meta.url);
const templates = readdirSync(folder).map((name) =>
  Template.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
);

describe('templates in German', () => {
  it('are those that there are', () =>
    expect(Object.keys(germanTemplates).toSorted()).toEqual(templates.map(({ id }) => id).toSorted()));

  it.each(templates)('$id: every question and every answer has its words', ({ id, questions }) => {
    const german = germanTemplates[id];
    const options = questions.flatMap((question) =>
      question.kind === 'choice' ? question.options.map((option) => `${question.id}.${option.id}`) : [],
    );
    expect(Object.keys(german?.questions ?? {}).toSorted()).toEqual(
      questions.map((each) => each.id).toSorted(),
    );
    expect(Object.keys(german?.options ?? {}).toSorted()).toEqual(options.toSorted());
  });
});
