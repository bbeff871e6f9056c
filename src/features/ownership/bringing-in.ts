import type { Tx } from '../../platform/db/database.ts';
import { lockNames } from './register/store.ts';

/** Holds the names of all rocks: nobody gives a rock another before the transaction is over. */
export async function lockRegister(tx: Tx, workspaceId: string): Promise<void> {
  await lockNames(tx, workspaceId);
}
