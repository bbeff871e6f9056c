import type { Temporal } from 'temporal-polyfill';
import type { Decision } from './decision.ts';

/** As many decisions as a page of a list has. */
export const pageLength = 8;

/** What `/decide list` asks for. Days are of the asker's zone; `until` is the last day. */
export type Question = {
  text: string | null;
  since: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
};

/** A page of decisions; `rock` is the one that they are about, where the words were its name. */
export type Found = {
  question: Question;
  rock: { name: string } | null;
  decisions: Decision[];
  today: Temporal.PlainDate;
  offset: number;
  hasMore: boolean;
};
