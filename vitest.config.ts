import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Milliseconds after which nothing can be expected any more, on however busy a machine. */
const HANGS = 20 * 60_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    // As many as cores: by itself vitest leaves one of two cores idle, and many tests only wait.
    maxWorkers: availableParallelism(),
    // Only what hangs is ended: how long a test takes is the machine's business.
    testTimeout: HANGS,
    hookTimeout: HANGS,
  },
});
