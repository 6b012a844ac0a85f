import { z } from 'zod';

/** A mistake in what a person wrote, with its path such as `validate.rules.0.when.above`. */
export const Mistake = z.strictObject({ path: z.string(), message: z.string() });
export type Mistake = z.infer<typeof Mistake>;
