import type { Database } from '../../platform/db/database.ts';
import { type Fields, inOrder, plainText, some, told } from '../../platform/file/writing.ts';
import { listOwn } from './store.ts';

/** The company's own pages as a file has them. Those that come with Cairn are not the company's to keep. */
export async function exportPlaybook(db: Database, workspaceId: string): Promise<Fields[]> {
  const pages = await listOwn(db, workspaceId);
  return inOrder(pages, ({ key }) => key).map((page) =>
    told({
      key: page.key,
      name: plainText(page.name),
      purpose: plainText(page.purpose),
      inputs: lines(page.inputs),
      agenda: lines(page.agenda),
      outputs: lines(page.outputs),
      roles: lines(page.roles),
      timing: page.timing === null ? null : plainText(page.timing),
      questions: lines(page.questions),
      sources: some(page.sources),
    }),
  );
}

function lines(list: readonly string[]): readonly string[] | null {
  return some(list.map(plainText));
}
