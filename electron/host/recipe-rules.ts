import { conditionFields, SensorName } from '../../shared/contract/author.ts';
import { DecimalText } from '../../shared/contract/devices.ts';
import type { ProfileChannel } from '../../shared/contract/profile.ts';
import { AuthorRule, oneTest } from '../../shared/contract/validate.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import { type Choices, choicesNamed, namesOf, sound } from './recipe-choices.ts';
import { type Found, valueAt } from './recipe-words.ts';

const rulePath = ['validate', 'rules'];
const { for: Delay, clearAfter: OffDelay } = AuthorRule.shape;
/** Fields by which a condition is more than a plain threshold. */
const richFields = conditionFields.filter((key) => !['sensor', 'above', 'below', 'deadband'].includes(key));

/** What the schema cannot know of the rules, and what it tells only of a rule that is right otherwise. */
export function ruleMistakes(recipe: unknown, choices: Choices): Found[] {
  const rules = valueAt(recipe, rulePath);
  if (!Array.isArray(rules)) return [];
  const own = rules.flatMap((rule: unknown, index) =>
    mistakesOf(rule, choices).map(
      ({ path, message }): Found => ({ path: [...rulePath, index, ...path], message }),
    ),
  );
  return [...repeatedIds(rules), ...own, ...inhibitMistakes(rules, choices)];
}

/** A plain threshold is judged field by field, whatever is wrong with the others; any other condition as a whole. */
function mistakesOf(rule: unknown, choices: Choices): Found[] {
  const when = valueAt(rule, ['when']);
  if (typeof when !== 'object' || when === null || Array.isArray(when)) return [];
  if (Object.keys(when).some((key) => richFields.includes(key))) return wholeMistakes(rule, choices);
  return [...sideMistakes(when), ...sensorMistakes(rule, choices), ...compilerMistakes(rule, choices)];
}

/** What the compiler says of a sound rule for the first channels that can be meant, its names of rules aside. */
function wholeMistakes(rule: unknown, { channels }: Choices): Found[] {
  const parsed = AuthorRule.safeParse(rule);
  if (!parsed.success) return [];
  const { inhibitedBy: _, ...alone } = parsed.data;
  return compiledMistakes([alone], firstOfEach(channels)).map(({ path, message }) => ({
    path: path.slice(1),
    message,
  }));
}

const firstOfEach = (channels: readonly ProfileChannel[]): ProfileChannel[] =>
  channels.filter(({ id }, index) => channels.findIndex((other) => other.id === id) === index);

function compiledMistakes(rules: readonly AuthorRule[], channels: readonly ProfileChannel[]): Found[] {
  const compiled = compileRules(rules, channels);
  const found = 'mistakes' in compiled ? compiled.mistakes : [];
  return found.map(({ path, message }) => ({ path: placesOf(path), message }));
}

/** Numbers of a path are places in lists. */
const placesOf = (path: string): (string | number)[] =>
  path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));

/** Which rule silences which is judged once all are sound. */
function inhibitMistakes(rules: readonly unknown[], { channels }: Choices): Found[] {
  const sounds = rules.map((rule) => sound(AuthorRule, rule)).filter((rule) => rule !== undefined);
  if (sounds.length < rules.length || rules.length === 0) return [];
  return compiledMistakes(sounds, firstOfEach(channels))
    .filter(({ path }) => path[1] === 'inhibitedBy')
    .map(({ path, message }) => ({ path: [...rulePath, ...path], message }));
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
function sideMistakes(when: object): Found[] {
  if (Object.hasOwn(when, 'above') !== Object.hasOwn(when, 'below')) return [];
  return [{ path: ['when'], message: oneTest }];
}

function sensorMistakes(rule: unknown, choices: Choices): Found[] {
  const sensor = sound(SensorName, valueAt(rule, ['when', 'sensor']));
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
  const deadband = sound(DecimalText, valueAt(rule, ['when', 'deadband'])) ?? '0';
  const sides = (['above', 'below'] as const).flatMap((side) => {
    const limit = sound(DecimalText, valueAt(rule, ['when', side]));
    return limit === undefined ? [] : [{ [side]: limit }];
  });
  const thresholds = sides.length > 0 ? sides : [{ below: '0' }];
  const found = new Map<string, Set<string>>();
  for (const threshold of thresholds) {
    for (const band of new Set([deadband, '0'])) {
      const when = { sensor: channel.id, ...threshold, deadband: band };
      const whole = { id: 'rule', when, ...delays, ifNoData: 'keep', severity: 'medium' } as const;
      const compiled = compileRules([whole], [channel]);
      for (const { path, message } of 'mistakes' in compiled ? compiled.mistakes : []) {
        const field = path.split('.').slice(1);
        // What is filled in is not the author's mistake.
        if (valueAt(rule, field) === undefined) continue;
        const messages = found.get(field.join('.')) ?? new Set<string>();
        found.set(field.join('.'), messages.add(message));
      }
    }
  }
  return found;
}
