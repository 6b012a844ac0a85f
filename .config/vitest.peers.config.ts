import { defineConfig } from 'vitest/config';
import unit from './vitest.config.ts';

/** Tests against real third-party programs, one file after the other: they share ports, brokers and two cores. */
export default defineConfig({
  test: {
    ...unit.test,
    include: ['test/peers/**/*.test.ts', 'test/packaging/*.test.mjs'],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
