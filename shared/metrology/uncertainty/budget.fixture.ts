import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { checkRequest } from '../request.ts';
import { answerBudget, budgetRequest } from './uncertainty.ts';

/** Published figures, by the name of their file. */
export const figures = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../test/fixtures/metrology/${name}.json`, import.meta.url), 'utf8'));
interface Ends {
  lower: string;
  upper: string;
}
interface Simulation {
  trials: number;
  stable: boolean;
  mean: string;
  standardUncertainty: string;
  interval: Ends;
  shortestInterval: Ends;
  drawnAsNormal: string[];
  validation: { agrees: boolean };
}
export interface Answer {
  value: string;
  combinedStandardUncertainty: string;
  effectiveDegreesOfFreedom: string | null;
  coverageFactor: string;
  expandedUncertainty: string;
  contributions: { name: string; contribution: string; share: string }[];
  statement: string;
  rounded: { value: string; expandedUncertainty: string; combinedStandardUncertainty: string };
  coverage: { method: string; degreesOfFreedomUsed: string | null; factorOfConvolvedShape?: string };
  secondOrder?: { standardUncertainty: string; used: boolean };
  calculatedExpandedUncertainty?: string;
  monteCarlo?: Simulation;
  outputs: Record<string, Answer>;
  outputCorrelations: { names: string[]; r: string[][] };
  correlationMatrix: { r: string[][] };
}
/** What `plumb budget` would answer. */
export const ask = (request: unknown) =>
  answerBudget(checkRequest(budgetRequest, request)) as unknown as Answer;
/** Equal to a relative difference. */
export const near = (text: string | null | undefined, truth: string | number, relative = 1e-12): void =>
  expect(Math.abs(Number(text) / Number(truth) - 1)).toBeLessThan(relative);
