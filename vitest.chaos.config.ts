import { defineConfig } from 'vitest/config';
import { temporaryFolder } from './tests/support/temporary-folder.ts';

const env = { TMPDIR: temporaryFolder() };
Object.assign(process.env, env);

/** `npm run test:chaos`: rounds that take minutes, on databases of their own, one after the other. */
export default defineConfig({
  test: {
    include: ['tests/chaos/*.chaos.ts'],
    env,
    testTimeout: 600_000,
    disableConsoleIntercept: true,
  },
});
