import { z } from 'zod';

/** A name plate text: what a person types, printable, trimmed, no line breaks. */
export const PlateText = z
  .string()
  .trim()
  .max(60)
  .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');
