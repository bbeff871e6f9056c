/** What is counted of Cairn's work, for whoever watches it run. */
export type CountName =
  | 'planned'
  | 'missed'
  | 'skipped'
  /** by `outcome`: sent, not-sent, unknown, dead */
  | 'posts'
  /** by `outcome` */
  | 'edits'
  /** by `call`: posts, edits, reads */
  | 'rate_limit_waits'
  /** by `call` */
  | 'rate_limit_wait_seconds'
  /** unknown posts that stood in Slack after all, ... */
  | 'found'
  /** ... and those that did not, and go out again */
  | 'sent_again'
  /** requests to the HTTP API, by `status` */
  | 'api_requests';

/** Keeps counts; never throws. */
export type Counting = {
  count(name: CountName, labels?: Readonly<Record<string, string>>, by?: number): void;
};

/** For whom nobody watches. */
export const uncounted: Counting = { count: () => undefined };
