import { z } from 'zod';
import type { Nodes } from './nodes.ts';

const top = 2 ** 31;

/** Arguments of operators, with the same limits as on the unit (`RANGE` in `plumbline/rules.py`). */
export const Ref = z.number().int().nonnegative();
export const Value = z.number().int().min(-top).max(top);
export const Count = z.number().int().min(0).max(top);
export const Span = z.number().int().min(1).max(top);
export const Cap = z.number().int().min(1).max(256);
export const Power = z.number().int().min(0).max(30);
export const Factor = z.number().int().min(0).max(2047);
export const Flag = z.number().int().min(0).max(1);
export const Direction = z.number().int().min(-1).max(1);

/** One operator: the shape of its entry in the device form, and the node that it makes. */
export interface Operator<Made> {
  /** Throws where the entry has another shape. */
  make(entry: readonly unknown[], nodes: Nodes): Made;
}

export function operator<Entry extends z.ZodType, Made>(
  shape: Entry,
  make: (entry: z.infer<Entry>, nodes: Nodes) => Made,
): Operator<Made> {
  return { make: (entry, nodes) => make(shape.parse(entry), nodes) };
}
