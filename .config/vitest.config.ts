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
    testTimeout: 40_000,
    hookTimeout: 40_000,
    // What is waited for comes late on a busy machine; nothing is asserted on time.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
  },
});
