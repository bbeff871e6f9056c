import type { Database } from '../../platform/db/database.ts';
import { type Fields, inOrder, type Naming, plainText, some, told } from '../../platform/file/writing.ts';
import { emptyStrategy, initiativesOf, intentsOf, type Line } from './core/strategy.ts';
import { listEditors } from './editor-store.ts';
import { findInForce } from './store.ts';

/** The strategy in force as a file has it; null where there is none. Drafts stay where they are. */
export async function exportStrategy(
  db: Database,
  workspaceId: string,
  naming: Naming,
): Promise<Fields | null> {
  const strategy = (await findInForce(db, workspaceId))?.strategy ?? emptyStrategy;
  const editors = (await listEditors(db, workspaceId)).map(({ id }) => naming.person(id));
  const intents = intentsOf(strategy).map((intent) =>
    told({
      key: intent.key,
      title: plainText(intent.title),
      owner: intent.owner === null ? null : naming.person(intent.owner.id),
      rank: intent.rank,
      measure: textOf(intent.measure),
      horizon: textOf(intent.horizon),
      not_doing: some(intent.notDoing.map(plainText)),
      initiatives: some(initiativesOf(strategy, intent.id).map(initiativeFields)),
    }),
  );
  const fields = told({
    vision: textOf(strategy.vision),
    editors: some(inOrder(editors, (handle) => handle)),
    intents: some(intents),
  });
  return Object.keys(fields).length === 0 ? null : fields;
}

function initiativeFields({ key, title, problem, metric }: Line): Fields {
  return told({ key, title: plainText(title), problem: textOf(problem), metric: textOf(metric) });
}

function textOf(text: string | null): string | null {
  return text === null ? null : plainText(text) || null;
}
