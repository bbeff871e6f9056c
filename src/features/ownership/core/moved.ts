/** What has happened to a rock besides a handoff, so that what was under way for it may be over. */
export type Moved = 'taken' | 'set-down' | 'retired' | 'merged' | 'released' | 'left';
