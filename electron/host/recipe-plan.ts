import { CalibrationPlan, type StabilityRule } from '../../shared/contract/calibrate.ts';
import { DecimalText } from '../../shared/contract/devices.ts';
import type { ProfileChannel } from '../../shared/contract/profile.ts';
import { compareDecimal, unitSymbol } from '../../shared/units/units.ts';
import { type Choices, choicesNamed, namesOf, sound, soundDecimals } from './recipe-choices.ts';
import { type Found, valueAt } from './recipe-words.ts';

/** What the schema cannot know of the calibration and of the set points, each value looked at by itself. */
export function planMistakes(recipe: unknown, choices: Choices): Found[] {
  const channels = choicesNamed(choices, valueAt(recipe, ['calibrate', 'channel']));
  return [
    ...channelMistakes(recipe, choices),
    ...rangeMistakes(recipe, ['calibrate', 'points'], channels),
    ...repeatedPoints(recipe),
    ...notPositive(recipe, ['calibrate', 'tolerance']),
    ...(['maxDrift', 'maxSpread', 'nearNominal'] as const satisfies (keyof StabilityRule)[]).flatMap((name) =>
      notPositive(recipe, ['calibrate', 'stability', name]),
    ),
    ...rangeMistakes(recipe, ['validate', 'setPoints'], channels),
  ];
}

function channelMistakes(recipe: unknown, choices: Choices): Found[] {
  const path = ['calibrate', 'channel'];
  const channel = sound(CalibrationPlan.shape.channel, valueAt(recipe, path));
  if (channel === undefined || choices.channels.some(({ id }) => id === channel)) return [];
  return [{ path, message: `is not a channel of ${choices.owner}; known: ${namesOf(choices)}` }];
}

const isOutside = (value: string, { min, max }: ProfileChannel): boolean =>
  compareDecimal(value, min) < 0 || compareDecimal(value, max) > 0;

function rangeMistakes(recipe: unknown, path: string[], channels: readonly ProfileChannel[]): Found[] {
  const ranges = [
    ...new Set(channels.map(({ min, max, unit }) => `${min} to ${max} ${unitSymbol(unit)}`)),
  ].join(' or ');
  return soundDecimals(valueAt(recipe, path))
    .filter(({ text }) => channels.length > 0 && channels.every((channel) => isOutside(text, channel)))
    .map(({ index }) => ({
      path: [...path, index],
      message: `is outside the channel's range, ${ranges}`,
    }));
}

function repeatedPoints(recipe: unknown): Found[] {
  const path = ['calibrate', 'points'];
  const earlier = new Set<string>();
  return soundDecimals(valueAt(recipe, path)).flatMap(({ index, text }) => {
    const value = shortest(text);
    if (earlier.has(value)) return [{ path: [...path, index], message: 'is the same as an earlier point' }];
    earlier.add(value);
    return [];
  });
}

/** One text for one value: `50`, `50.0` and `50.00` are `50`, `-0.0` is `0`. */
function shortest(text: string): string {
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}

function notPositive(recipe: unknown, path: string[]): Found[] {
  const value = sound(DecimalText, valueAt(recipe, path));
  if (value === undefined || compareDecimal(value, '0') > 0) return [];
  return [{ path, message: 'must be greater than 0' }];
}
