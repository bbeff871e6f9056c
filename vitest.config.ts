import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    // Generous, because files run side by side and machines are small: a slow test is no wrong test.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // By default one core is left free, which on a machine of two means one file at a time.
    maxWorkers: '100%',
    restoreMocks: true,
  },
});
