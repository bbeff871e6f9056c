import { normalName } from '../../ownership/core/names.ts';
import type { AgendaSource } from './sources.ts';

/** What a page says of its ritual; files, events and the database have it in common. */
export type PageWords = {
  name: string;
  /** Why it is held, in one to three sentences. */
  purpose: string;
  /** Who brings what. */
  inputs: string[];
  agenda: string[];
  outputs: string[];
  /** "Lead: keeps the time". */
  roles: string[];
  timing: string | null;
  /** What it asks the members of its teams. */
  questions: string[];
  /** What is gathered for its agenda besides the points of the page. */
  sources: AgendaSource[];
};

/** A page of the playbook: how a ritual works. `id` null: it comes with Cairn, and nobody changes it. */
export type Page = PageWords & { id: number | null; key: string };

/** The most characters of each text; `line` is one of a list. */
export const longest = { name: 60, purpose: 500, line: 200, timing: 200 };
/** The most lines of a list, questions of a ritual, and pages of a company's own. */
export const most = { lines: 20, questions: 10, pages: 100 };

/** Whether two names would be taken for one another. */
export function isSameName(one: string, other: string): boolean {
  return comparable(one) === comparable(other);
}

/** A name as it is compared: as rocks are, or, where that leaves nothing of it, as it was typed. */
export function comparable(name: string): string {
  return normalName(name) || name.trim().toLowerCase();
}

/** What a page says, without what it is called by. */
export function wordsOf({ id: _id, key: _key, ...words }: Page): PageWords {
  return words;
}
