import { z } from 'zod';

/**
 * A name plate text: what a person types, printable, trimmed, no line breaks. No half characters, which no record can
 * keep, and nothing that turns the direction of writing: such a text is read as another one (Unicode TR 36, 2.8).
 */
export const PlateText = z
  .string()
  .trim()
  .max(60)
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u, 'must not hold control characters');
