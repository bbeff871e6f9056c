import { type Importing, portions } from '../../platform/db/importing.ts';
import { normalName } from './core/names.ts';
import { placeOf } from './core/places.ts';
import type { RockState } from './present-rocks.ts';

type Rock = { id: number; key: string; state: RockState };

/**
 * Writes the names, links, backups, viewers and contributors of rocks anew. All old ones go before the first new one comes, since an
 * alias may move from one rock to another and belongs to one at a time.
 */
export async function replaceParts(
  { tx, workspaceId }: Pick<Importing, 'tx' | 'workspaceId'>,
  rocks: Rock[],
): Promise<void> {
  for (const portion of portions(
    rocks.map((rock) => rock.id),
    5_000,
  )) {
    await tx.deleteFrom('rock_names').where('rock_id', 'in', portion).execute();
    await tx.deleteFrom('rock_links').where('rock_id', 'in', portion).execute();
    await tx.deleteFrom('rock_backups').where('rock_id', 'in', portion).execute();
    await tx.deleteFrom('rock_viewers').where('rock_id', 'in', portion).execute();
    await tx.deleteFrom('rock_contributors').where('rock_id', 'in', portion).execute();
  }
  const own = (rock: Rock, position: number) => ({ workspace_id: workspaceId, rock_id: rock.id, position });

  for (const portion of portions(rocks.flatMap(namesOf), 5_000)) {
    const rows = portion.map(({ rock, kind, position, name }) => ({
      ...own(rock, position),
      kind,
      name,
      normal: normalName(name),
    }));
    await tx.insertInto('rock_names').values(rows).execute();
  }
  const links = rocks.flatMap((rock) =>
    rock.state.links.map(({ label, url }, position) => ({
      ...own(rock, position),
      label,
      url,
      place: placeOf(url) ?? url,
    })),
  );
  for (const portion of portions(links, 5_000)) await tx.insertInto('rock_links').values(portion).execute();

  const backups = rocks.flatMap((rock) =>
    rock.state.backups.map((person, position) => ({ ...own(rock, position), person_id: person })),
  );
  for (const portion of portions(backups, 5_000))
    await tx.insertInto('rock_backups').values(portion).execute();

  const viewers = rocks.flatMap((rock) =>
    rock.state.viewers.map((person) => ({ workspace_id: workspaceId, rock_id: rock.id, person_id: person })),
  );
  for (const portion of portions(viewers, 5_000))
    await tx.insertInto('rock_viewers').values(portion).execute();

  const contributors = rocks.flatMap((rock) =>
    rock.state.contributors.map(({ person, discipline }) => ({
      workspace_id: workspaceId,
      rock_id: rock.id,
      person_id: person,
      discipline,
    })),
  );
  for (const portion of portions(contributors, 5_000))
    await tx.insertInto('rock_contributors').values(portion).execute();
}

type Name = { rock: Rock; kind: 'key' | 'name' | 'alias'; position: number; name: string };

function namesOf(rock: Rock): Name[] {
  return [
    { rock, kind: 'key', position: 0, name: rock.key },
    { rock, kind: 'name', position: 0, name: rock.state.name },
    ...rock.state.aliases.map((name, position): Name => ({ rock, kind: 'alias', position, name })),
  ];
}
