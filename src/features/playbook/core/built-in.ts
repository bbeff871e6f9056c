import { okrPages } from './built-in-okrs.ts';
import { reviewPages } from './built-in-reviews.ts';
import { tellingPages } from './built-in-telling.ts';
import type { Page } from './page.ts';

/** The pages that come with Cairn, in the order in which a company meets them. */
export const builtInPages: readonly Page[] = [...okrPages, ...reviewPages, ...tellingPages];

/** A page that comes with Cairn, by its key. */
export function findBuiltIn(key: string): Page | undefined {
  return builtInPages.find((page) => page.key === key);
}
