import { expect, it } from 'vitest';
import { PlateText } from './provision-text.ts';

it.each(['Halle 3, Süd', 'مضخة', '泵房 2', '👩‍🔧 bench', ''])('%j can stand on a plate', (text) => {
  expect(PlateText.safeParse(text).success).toBe(true);
});

it.each(['a\u0000', 'a\nb', 'a\u2028b', '\ud800', 'abc\u202e321', '\u2066x', 'x'.repeat(61)])(
  '%j cannot',
  (text) => {
    expect(PlateText.safeParse(text).success).toBe(false);
  },
);
