import { defineConfig } from 'vitest/config';
import unit from './vitest.config.ts';

/** Tests against real third-party programs; ports and folders are each file's own. */
export default defineConfig({
  test: {
    ...unit.test,
    include: ['test/peers/**/*.test.ts', 'test/packaging/*.test.mjs'],
    maxWorkers: 4,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
