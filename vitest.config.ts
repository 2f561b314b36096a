import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each file its own process: stand-ins, databases and worker globals never meet.
    pool: 'forks',
    // Tests wait as much as they work: three keep two cores busy.
    maxWorkers: 3,
  },
});
