import { defineConfig } from 'vitest/config';

/** Measures; not part of the tests, since a busy machine would fail it. */
export default defineConfig({
  test: {
    include: ['test/bench/*.bench.ts'],
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 1_800_000,
    disableConsoleIntercept: true,
  },
});
