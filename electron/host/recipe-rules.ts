import type { ProfileChannel } from '../../shared/contract/profile.ts';
import { AuthorRule } from '../../shared/contract/validate.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import { type Choices, choicesNamed, namesOf, sound } from './recipe-choices.ts';
import { type Found, valueAt } from './recipe-words.ts';

const rulePath = ['validate', 'rules'];
const { for: Delay, clearAfter: OffDelay, when: When } = AuthorRule.shape;

/** What the schema cannot know of the rules, and what it tells only of a rule that is right otherwise. */
export function ruleMistakes(recipe: unknown, choices: Choices): Found[] {
  const rules = valueAt(recipe, rulePath);
  if (!Array.isArray(rules)) return [];
  const own = rules.flatMap((rule: unknown, index) =>
    [...sideMistakes(rule), ...sensorMistakes(rule, choices), ...compilerMistakes(rule, choices)].map(
      ({ path, message }): Found => ({ path: [...rulePath, index, ...path], message }),
    ),
  );
  return [...repeatedIds(rules), ...own];
}

function repeatedIds(rules: readonly unknown[]): Found[] {
  const earlier = new Set<string>();
  return rules.flatMap((rule, index) => {
    const id = valueAt(rule, ['id']);
    if (typeof id !== 'string') return [];
    if (earlier.has(id))
      return [{ path: [...rulePath, index, 'id'], message: 'is the id of an earlier rule' }];
    earlier.add(id);
    return [];
  });
}

/** The schema says the same in the same words, but only where nothing else in `when` is wrong. */
function sideMistakes(rule: unknown): Found[] {
  const when = valueAt(rule, ['when']);
  if (typeof when !== 'object' || when === null || Array.isArray(when)) return [];
  if (Object.hasOwn(when, 'above') !== Object.hasOwn(when, 'below')) return [];
  return [{ path: ['when'], message: 'needs exactly one of "above" and "below"' }];
}

function sensorMistakes(rule: unknown, choices: Choices): Found[] {
  const sensor = sound(When.shape.sensor, valueAt(rule, ['when', 'sensor']));
  if (sensor === undefined || choices.channels.some(({ id }) => id === sensor)) return [];
  return [
    {
      path: ['when', 'sensor'],
      message: `is not a channel of ${choices.owner}; known: ${namesOf(choices)}`,
    },
  ];
}

/** What the compiler refuses for every channel that can be meant, in its words for the first of them. */
function compilerMistakes(rule: unknown, choices: Choices): Found[] {
  const channels = choicesNamed(choices, valueAt(rule, ['when', 'sensor']));
  const [first, ...others] = channels.map((channel) => mistakesFor(rule, channel));
  return [...(first ?? [])]
    .filter(([path]) => others.every((other) => other.has(path)))
    .flatMap(([path, messages]) => [...messages].map((message) => ({ path: path.split('.'), message })));
}

/**
 * By path, the compiler's mistakes with the fields that the author wrote and that are sound. The rest is filled in
 * with what is right for any channel. Each threshold is compiled with and without the dead-band, because it is judged
 * as a whole only together with a dead-band that is right.
 */
function mistakesFor(rule: unknown, channel: ProfileChannel): Map<string, Set<string>> {
  const delays = {
    for: sound(Delay, valueAt(rule, ['for'])) ?? '0s',
    clearAfter: sound(OffDelay, valueAt(rule, ['clearAfter'])) ?? '0s',
  };
  const deadband = sound(When.shape.deadband, valueAt(rule, ['when', 'deadband'])) ?? '0';
  const sides = (['above', 'below'] as const).flatMap((side) => {
    const limit = sound(When.shape[side], valueAt(rule, ['when', side]));
    return limit === undefined ? [] : [{ [side]: limit }];
  });
  const thresholds = sides.length > 0 ? sides : [{}];
  const found = new Map<string, Set<string>>();
  for (const threshold of thresholds) {
    for (const band of new Set([deadband, '0'])) {
      const when = { sensor: channel.id, ...threshold, deadband: band, not: false };
      const whole = { id: 'rule', when, ...delays, ifNoData: 'keep', severity: 'medium' } as const;
      const compiled = compileRules([whole], [channel]);
      for (const { path, message } of 'mistakes' in compiled ? compiled.mistakes : []) {
        const field = path.split('.').slice(1);
        // Without a threshold the compiler takes one for granted.
        if (valueAt(rule, field) === undefined) continue;
        const messages = found.get(field.join('.')) ?? new Set<string>();
        found.set(field.join('.'), messages.add(message));
      }
    }
  }
  return found;
}
