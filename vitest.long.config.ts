import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** What takes minutes rather than seconds: `npm run test:long`. */
export default defineConfig({
  test: { ...base.test, include: ['tests/long/**/*.test.ts'], exclude: [], testTimeout: 600_000 },
});
