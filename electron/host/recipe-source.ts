import { CalibrationPlan } from '../../shared/contract/calibrate.ts';
import { ReferenceSource } from '../../shared/contract/standards.ts';
import { type Choices, choicesNamed, namesOf, sound } from './recipe-choices.ts';
import { type Found, valueAt } from './recipe-words.ts';

/** What the schema cannot know of how the reference is read. */
export function sourceMistakes(recipe: unknown, choices: Choices): Found[] {
  const source = sound(ReferenceSource, valueAt(recipe, ['source']));
  if (source === undefined || source.kind === 'scpi') return [];
  const setPoints = valueAt(recipe, ['validate', 'setPoints']);
  const isDriven = Array.isArray(setPoints) && setPoints.length > 0;
  return [
    ...kindMistakes(recipe, source, choices),
    ...(isDriven
      ? [
          {
            path: ['validate', 'setPoints'],
            message: 'must be empty: only a reference that speaks SCPI is driven',
          },
        ]
      : []),
  ];
}

function kindMistakes(recipe: unknown, source: ReferenceSource, choices: Choices): Found[] {
  const measured = sound(CalibrationPlan.shape.channel, valueAt(recipe, ['calibrate', 'channel']));
  switch (source.kind) {
    case 'typed':
      return [
        { path: ['source', 'kind'], message: 'must not be typed: a recipe waits for nobody who types' },
      ];
    case 'channel': {
      const path = ['source', 'channel'];
      if (source.channel === measured) return [{ path, message: 'is the channel that is calibrated' }];
      if (choices.channels.some(({ id }) => id === source.channel)) return [];
      return [{ path, message: `is not a channel of ${choices.owner}; known: ${namesOf(choices)}` }];
    }
    case 'modbus': {
      const units = new Set(choicesNamed(choices, measured).map(({ unit }) => unit));
      if (units.has(source.unit)) return [];
      const message = `is not the unit of the channel, ${[...units].join(' or ')}`;
      return [{ path: ['source', 'unit'], message }];
    }
    case 'scpi':
      return [];
  }
}
