import type { Temporal } from 'temporal-polyfill';
import type { Account, Talk, Who } from './account.ts';

/** An account in a list: how many wait, and whose turn it is. */
export type Listed = { account: Account; last: Talk | null; waiting: number; next: Who | null };

/** One page of the accounts, by name. */
export type AccountPage = {
  listed: Listed[];
  pageNumber: number;
  pages: number;
  total: number;
  today: Temporal.PlainDate;
};

/** One of somebody's own conversations, in a list. */
export type Own = {
  account: string;
  on: Temporal.PlainDate;
  topic: string;
  contact: string | null;
  recordingUrl: string | null;
};

/** A conversation in which the words were found; every hit in its topic and notes is marked. */
export type Hit = {
  id: number;
  account: string;
  on: Temporal.PlainDate;
  by: Who;
  contact: string | null;
  topic: string;
  notes: string;
  recordingUrl: string | null;
  /** Of how many it is one; never more than one more than are ranked. */
  total: number;
};

/** One page of what was found. `isMore`: there are more matches than are ranked, and these are of the latest. */
export type Found = {
  typed: string;
  hits: Hit[];
  pageNumber: number;
  pages: number;
  total: number;
  isMore: boolean;
  today: Temporal.PlainDate;
};
