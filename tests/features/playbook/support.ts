import type { Page, PageWords } from '../../../src/features/playbook/core/page.ts';

/** What a page says, where a test does not care. */
export function pageWords(given: Partial<PageWords> = {}): PageWords {
  return {
    name: 'Pricing review',
    purpose: 'To agree on prices once a month.',
    inputs: [],
    agenda: ['What moved', 'What we decide'],
    outputs: [],
    roles: [],
    timing: null,
    questions: [],
    sources: [],
    ...given,
  };
}

export function ownPage(given: Partial<Page> = {}): Page {
  return { id: 7, key: 'pricing-review', ...pageWords(), ...given };
}
