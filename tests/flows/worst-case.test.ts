import { describe, vi } from 'vitest';
import { textsInTurns, worstTexts } from '../support/worst-case.ts';
import { walkEverywhere } from './worst-story.ts';

// Long walks, beside others on a small machine.
vi.setConfig({ testTimeout: 120_000 });

const long = worstTexts.filter(([name]) => name === 'long');

/** Limits are met by what is long, and everything else by the worst in turns; `npm run test:long` has each alone. */
describe.each([...long, ['the worst texts in turns', textsInTurns()] as const])(
  'a company full of %s',
  (_, text) => walkEverywhere(text),
);
