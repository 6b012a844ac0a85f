import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: [
      '{shared,electron,renderer}/**/*.test.{ts,tsx}',
      'electron/setup/*.test.mjs',
      'test/*.test.ts',
      'test/run/*.test.mjs',
    ],
    // Most of the time is spent waiting for real interpreters and lines: two cores bear five files at a time.
    maxWorkers: 5,
    testTimeout: 40_000,
    hookTimeout: 40_000,
    // What is waited for comes late on a busy machine; nothing is asserted on time.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
  },
});
