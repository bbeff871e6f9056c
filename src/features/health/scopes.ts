import { markAllHomes } from '../../delivery/homes.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { ScopeReader } from '../../platform/slack/granted-scopes.ts';

/** An app is installed anew with other scopes now and then; Slack is asked as often, in milliseconds of machine time. */
const everyMs = 5 * 60_000;

/** How Cairn hears that Slack grants other scopes than before. Both throw when Slack does not answer. */
export type ScopeWatch = {
  /** Asks now, and has Homes say what is off from then on. */
  look(): Promise<void>;
  /** The same when it is time again; for the heartbeat. */
  turn(nowMs: number): Promise<void>;
};

export function watchScopes(db: Database, scopes: ScopeReader, workspaceId: string): ScopeWatch {
  let lastMs = Number.NEGATIVE_INFINITY;
  const look = async (): Promise<void> => {
    if (await scopes.refresh()) await inTransaction(db, async (tx) => markAllHomes(tx, workspaceId));
  };
  return {
    look,
    async turn(nowMs) {
      if (nowMs - lastMs < everyMs) return;
      lastMs = nowMs;
      await look();
    },
  };
}
