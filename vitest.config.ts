import { defineConfig } from 'vitest/config';
import { temporaryFolder } from './tests/support/temporary-folder.ts';

const env = { TMPDIR: temporaryFolder() };
// Both for the tests, in processes of their own, and for the server that is started here before them.
Object.assign(process.env, env);

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/long/**'],
    env,
    globalSetup: ['tests/support/global-setup.ts'],
    // Generous, because files run side by side and machines are small: a slow test is no wrong test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // By default one core is left free, which on a machine of two means one file at a time.
    maxWorkers: '100%',
    // Files of one worker share their modules: loading them anew for each was a third of the time. What a module keeps
    // must therefore not depend on the file that loaded it first: no hooks at the top of a support module.
    isolate: false,
    restoreMocks: true,
  },
});
