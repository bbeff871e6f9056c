type PersonRef = { id: number; slackId: string | null; name: string };

/** Somebody said that a key result is not theirs, and who may own it. */
export type Disowning = {
  id: number;
  occurrenceId: number;
  keyResultId: number;
  state: 'asked' | 'taken' | 'declined' | 'over';
  key: string;
  title: string;
  by: PersonRef;
  to: PersonRef;
};
