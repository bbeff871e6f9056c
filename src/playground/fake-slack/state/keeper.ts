/** What of the fake outlives its process. Modals, triggers, response_urls, faults and the log do not. */
export type KeptKind = 'user' | 'channel' | 'message' | 'read' | 'home' | 'file' | 'company' | 'count';

/** One thing that was kept: `value` is what JSON leaves of it. */
export type Kept = { kind: KeptKind; key: string; value: unknown };

/** Where each part of the state says what changed in it. */
export type Keeper = {
  /** `value` is asked for when it is written, which is soon: it then gives the thing as it reads by then. */
  put(kind: KeptKind, key: string, value: () => unknown): void;
  /** Resolves when all that was put before is kept, or could not be and that was reported. Never rejects. */
  kept(): Promise<void>;
  /** Forgets everything. */
  clear(): void;
};

/** Keeps nothing: for tests of the fake itself. */
export const forgetful: Keeper = { put() {}, async kept() {}, clear() {} };
