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
    // Real interpreters and serial ports run in these tests; two cores bear two files at a time.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'forks',
  },
});
