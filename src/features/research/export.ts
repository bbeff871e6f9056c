import type { Database } from '../../platform/db/database.ts';
import { type Fields, inOrder, plainText } from '../../platform/file/writing.ts';
import { listAllAccounts } from './account-store.ts';

/** The accounts as a file has them; what was talked about stays where it is. */
export async function exportAccounts(db: Database, workspaceId: string): Promise<Fields[]> {
  const accounts = await listAllAccounts(db, workspaceId);
  return inOrder(accounts, ({ key }) => key).map(({ key, name, coolDown }) => ({
    key,
    name: plainText(name),
    cool_down: coolDown,
  }));
}
