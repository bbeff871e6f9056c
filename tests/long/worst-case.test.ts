import { describe, vi } from 'vitest';
import { walkEverywhere } from '../flows/worst-story.ts';
import { worstTexts } from '../support/worst-case.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.each(worstTexts)('a company full of %s', (_, text) => walkEverywhere(text));
