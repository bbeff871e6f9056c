import type { Database } from '../../platform/db/database.ts';
import type { Cells } from '../../platform/file/csv.ts';
import type { Naming } from '../../platform/file/writing.ts';
import type { Seen } from './store.ts';

/** Who reads, and how what they read is named. `readerId` null: an operator, who has the database as well. */
export type Reading = {
  db: Database;
  workspaceId: string;
  readerId: number | null;
  naming: Naming;
  seen: Seen;
};

/** A table before it is written. Columns are headings as people read them, and as an import understands them. */
export type Table = { columns: readonly string[]; rows: Cells[] };
