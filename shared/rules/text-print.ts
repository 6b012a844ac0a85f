import type { AuthorCondition, AuthorRule, AuthorSource } from '../contract/author.ts';

/** The text view of rules: what `parseRules` reads. Every rule and condition has one text, and every text one rule. */

/** Words that begin a condition: a sensor that is named like one, or oddly, stands in quotation marks. */
export const beginnings: readonly string[] = ['not', 'all', 'any', 'at', 'during'];

const operand = (source: string | AuthorSource): string => {
  if (typeof source !== 'string') return `(${sourceText(source)})`;
  return beginnings.includes(source) || !/^[a-z]\w*$/.test(source) ? JSON.stringify(source) : source;
};

function sourceText(source: Partial<AuthorSource>): string {
  const words = [operand(source.sensor ?? '')];
  if (source.stale !== undefined) words.push(`stale after ${source.stale}`);
  if (source.minus !== undefined) words.push(`minus ${operand(source.minus)}`);
  if (source.smooth !== undefined) words.push(`smoothed ${source.smooth}`);
  for (const key of ['average', 'lowest', 'highest'] as const) {
    if (source[key] !== undefined) words.push(`${key} over ${source[key]}`);
  }
  if (source.samples !== undefined) words.push(`of ${source.samples} samples`);
  return words.join(' ');
}

/** A rule of a unit may have any name. */
const named = (id: string): string => (/^[a-z0-9-]+$/.test(id) ? id : JSON.stringify(id));

const withBand = ({ deadband }: AuthorCondition): string =>
  deadband === undefined ? '' : ` dead-band ${deadband}`;

function testText(when: AuthorCondition): string {
  if (when.above !== undefined) return `above ${when.above}${withBand(when)}`;
  if (when.below !== undefined) return `below ${when.below}${withBand(when)}`;
  if (when.outside !== undefined) return `outside ${when.outside.join(' to ')}${withBand(when)}`;
  if (when.silent) return 'silent';
  if (when.stuck !== undefined) {
    return `stuck for ${when.stuck}${when.tolerance === undefined ? '' : ` tolerance ${when.tolerance}`}`;
  }
  if (when.unusual !== undefined) {
    const more = [
      when.floor === undefined ? '' : ` floor ${when.floor}`,
      when.memory === undefined ? '' : ` memory ${when.memory}`,
      when.warmUp === undefined ? '' : ` warm-up ${when.warmUp}`,
      when.learn === undefined ? '' : ` learn ${when.learn}`,
    ];
    return `unusual ${when.unusual}${more.join('')}`;
  }
  const key = when.rising !== undefined ? 'rising' : when.falling !== undefined ? 'falling' : 'changing';
  const points = when.points === undefined ? '' : ` of ${when.points} points`;
  return `${key} ${when[key]} per ${when.per} over ${when.over}${points}`;
}

const list = (many: readonly AuthorCondition[]): string => `(${many.map(conditionText).join(', ')})`;
const inner = (when: AuthorCondition | undefined): string => (when ? `(${conditionText(when)})` : '()');

function plainText(when: AuthorCondition): string {
  if (when.all) return `all of ${list(when.all)}`;
  if (when.any) return `any of ${list(when.any)}`;
  if (when.atLeast !== undefined) return `at least ${when.atLeast} of ${list(when.among ?? [])}`;
  if (when.times !== undefined) return `${when.times} times within ${when.within} ${inner(when.of)}`;
  if (when.first && when.followedBy) {
    return `${inner(when.first)} then ${inner(when.followedBy)} within ${when.within}`;
  }
  if (when.first) return `${inner(when.first)} without ${inner(when.without)} within ${when.within}`;
  if (when.during) {
    return `during ${when.during.days.join(' ')} from ${when.during.from} to ${when.during.to}`;
  }
  return `${sourceText(when)} ${testText(when)}`;
}

/** `t1 smoothed light above 70.0 dead-band 0.5`. */
export const conditionText = (when: AuthorCondition): string => `${when.not ? 'not ' : ''}${plainText(when)}`;

function ruleLines(rule: AuthorRule): string[] {
  const optional: [unknown, string][] = [
    [rule.for !== '0s', `for ${rule.for}`],
    [rule.clearAfter !== '0s', `clear after ${rule.clearAfter}`],
    [rule.ifNoData !== 'keep', `without data ${rule.ifNoData}`],
    [rule.needsAck, 'acknowledge'],
    [rule.remind, `remind every ${rule.remind?.every} ${rule.remind?.times} times`],
    [rule.onlyOnCrossing, 'only on crossing'],
    [rule.firstOut, `first-out ${rule.firstOut}`],
    [rule.inhibitedBy, `inhibited by ${rule.inhibitedBy?.join(', ')}`],
    [rule.shelveAtMost, `shelve at most ${rule.shelveAtMost}`],
    [rule.severity !== 'medium', `severity ${rule.severity}`],
  ];
  return [
    `rule ${named(rule.id)}${rule.title === undefined ? '' : ` ${JSON.stringify(rule.title)}`}`,
    `  when ${conditionText(rule.when)}`,
    ...optional.filter(([there]) => Boolean(there)).map(([, words]) => `  ${words}`),
    ...(rule.actions ?? []).map(({ output, level }) => `  set output ${output} to ${level}`),
  ];
}

/** The rules as text, one paragraph each. */
export const printRules = (rules: readonly AuthorRule[]): string =>
  `${rules.map((rule) => ruleLines(rule).join('\n')).join('\n\n')}\n`;
