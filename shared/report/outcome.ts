import { z } from 'zod';

/** `incomplete`: begun but not brought to an end; a stage that was never begun is null. */
export const Outcome = z.enum(['pass', 'fail', 'incomplete']);
export type Outcome = z.infer<typeof Outcome>;
