import type { CalibrationPlan } from '../contract/calibration-plan.ts';

/** One measurement of a run: which nominal, coming from which side, in which cycle (from 1). */
export interface Station {
  nominal: string;
  /** `up`: in the order of the plan's points; `down`: on the way back. */
  direction: 'up' | 'down';
  cycle: number;
}

/**
 * Every measurement of a run, in order. Up and down measures the turning point once in a cycle: coming to it from
 * both sides would need a third direction.
 */
export function stationsOf({
  points,
  sequence,
  cycles,
}: Pick<CalibrationPlan, 'points' | 'sequence' | 'cycles'>): Station[] {
  const there = points.map((nominal) => ({ nominal, direction: 'up' as const }));
  const back = sequence === 'up-down' ? points.slice(0, -1).reverse() : [];
  const cycle = [...there, ...back.map((nominal) => ({ nominal, direction: 'down' as const }))];
  return Array.from({ length: cycles }, (_, n) =>
    cycle.map((station) => ({ ...station, cycle: n + 1 })),
  ).flat();
}
