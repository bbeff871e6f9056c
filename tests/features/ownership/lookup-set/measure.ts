import { normalName } from '../../../../src/features/ownership/core/names.ts';
import { placeOf } from '../../../../src/features/ownership/core/places.ts';
import { readQuestion } from '../../../../src/features/ownership/input.ts';
import { findOwner } from '../../../../src/features/ownership/lookup-operations.ts';
import type { Directory } from '../../../../src/features/people/directory.ts';
import type { Database } from '../../../../src/platform/db/database.ts';
import { readWords } from '../../../../src/platform/slack/command-text.ts';
import type { SetRock } from './company.ts';
import { type Kind, kinds, type SetQuery } from './queries.ts';

/** What came of a query: rocks by key, best first, and whether it was one card and not a choice. */
export type Found = { keys: string[]; isSure: boolean };

/** Rates of the queries of one kind, 0 to 1. `five`: the right one is among the first five. */
export type Rates = { kind: Kind | 'all'; count: number; first: number; five: number; wrongAndSure: number };

/** Writes the rocks into a workspace; gives what asks Cairn there, as a member who is nothing to any of them. */
export async function cairnWith(
  db: Database,
  workspaceId: string,
  rocks: readonly SetRock[],
): Promise<(typed: string) => Promise<Found>> {
  const inserted = await db
    .insertInto('rocks')
    .values(
      rocks.map(({ key, name, summary }) => ({
        workspace_id: workspaceId,
        key,
        name,
        summary,
        type: 'area' as const,
        weight: 1,
        created_at: '2026-01-01T00:00:00Z',
      })),
    )
    .returning(['id', 'key'])
    .execute();
  const ids = new Map(inserted.map(({ id, key }) => [key, id]));
  const keys = new Map(inserted.map(({ id, key }) => [id, key]));
  const own = (key: string, position: number) => ({
    workspace_id: workspaceId,
    rock_id: ids.get(key) ?? 0,
    position,
  });
  const names = rocks.flatMap(({ key, name, aliases }) => [
    { ...own(key, 0), kind: 'key' as const, name: key },
    { ...own(key, 0), kind: 'name' as const, name },
    ...aliases.map((alias, position) => ({ ...own(key, position), kind: 'alias' as const, name: alias })),
  ]);
  await db
    .insertInto('rock_names')
    .values(names.map((row) => ({ ...row, normal: normalName(row.name) })))
    .execute();
  const links = rocks.flatMap(({ key, links }) =>
    links.map((url, position) => ({ ...own(key, position), label: 'Page', url, place: placeOf(url) ?? url })),
  );
  await db.insertInto('rock_links').values(links).execute();

  const deps = { db, directory: noDirectory };
  return async (typed) => {
    const question = readQuestion(readWords(typed));
    if (question === null) return { keys: [], isSure: false };
    const result = await findOwner(deps, workspaceId, question, 0);
    if (!result.ok) return { keys: [], isSure: false };
    const answer = result.value;
    if (answer.kind === 'card') return { keys: [answer.card.key], isSure: true };
    if (answer.kind !== 'choice') return { keys: [], isSure: false };
    return { keys: answer.rocks.map(({ id }) => keys.get(id) ?? ''), isSure: false };
  };
}

/** How often the right rock came first, came among five, and how often a wrong one came as the only one. */
export function ratesOf(queries: readonly SetQuery[], found: readonly Found[]): Rates[] {
  const rated = queries.map(({ kind, key }, index) => ({
    kind,
    at: found[index]?.keys.indexOf(key) ?? -1,
    isSure: found[index]?.isSure ?? false,
  }));
  const of = (kind: Kind | 'all'): Rates => {
    const some = rated.filter((one) => kind === 'all' || one.kind === kind);
    const share = (test: (one: (typeof rated)[number]) => boolean) => some.filter(test).length / some.length;
    return {
      kind,
      count: some.length,
      first: share(({ at }) => at === 0),
      five: share(({ at }) => at >= 0 && at < 5),
      wrongAndSure: share(({ at, isSure }) => isSure && at !== 0),
    };
  };
  return [...kinds.map(of), of('all')];
}

const noDirectory: Directory = {
  findUser: async () => null,
  findChannel: async () => null,
  groupMembers: async () => 'unknown',
  userGroups: async () => [],
  channelMembers: async () => null,
  titleOf: async () => '',
  users: async function* () {},
  channels: async function* () {},
};
