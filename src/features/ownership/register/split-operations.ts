import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { normalName } from '../core/names.ts';
import type { RockCard } from '../core/rock.ts';
import { replaceParts } from '../import-parts.ts';
import { findCard } from '../lookup-store.ts';
import { changeRock, namesRefusal, recordChange, stateNow } from './changing.ts';
import type { RockEntry } from './core/entry.ts';
import { addIn } from './operations.ts';
import { lockNames, updateRock } from './store.ts';

/** What becomes a rock of its own: other names and links of the first one that go along are given by what they say. */
export type Part = {
  name: string;
  summary: string | null;
  aliases: readonly string[];
  urls: readonly string[];
  owner: Person | null;
};

/**
 * Makes two of one: the new rock has its own name, summary and owner, takes the aliases and links that are said, and is
 * otherwise like the first: team, channel, type, disciplines, importance, visibility.
 */
export async function splitRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  part: Part,
): Promise<Result<RockCard>> {
  return await changeRock(
    db,
    workspaceId,
    actor,
    rockId,
    'set down, split, merge or retire a rock',
    async (changing) => {
      const { tx, at, rock } = changing;
      await lockNames(tx, workspaceId);
      const now = await stateNow(tx, workspaceId, rockId);
      const aliases = now.aliases.filter(
        (alias) => part.aliases.includes(alias) && normalName(alias) !== normalName(part.name),
      );
      const links = now.links.filter(({ url }) => part.urls.includes(url));
      const left = {
        ...now,
        aliases: now.aliases.filter(
          (alias) => !part.aliases.includes(alias) && normalName(alias) !== normalName(part.name),
        ),
        links: now.links.filter(({ url }) => !part.urls.includes(url)),
      };
      await updateRock(tx, rockId, left, at);
      await replaceParts({ tx, workspaceId }, [{ id: rockId, key: rock.key, state: left }]);
      const problem = await namesRefusal(
        tx,
        workspaceId,
        { name: part.name, aliases },
        { butRockId: null, viewerId: actor.id },
      );
      // Thrown away with the transaction: what has been written is not.
      if (problem !== null) throw new SplitRefused(problem);
      const { team_id: teamId, channel_id: channelId, ...rest } = now;
      const entry = {
        ...rest,
        teamId,
        channelId,
        name: part.name,
        summary: part.summary,
        aliases,
        links,
      } as RockEntry;
      const ownerId = part.owner?.id ?? null;
      const newId = await addIn(
        tx,
        workspaceId,
        actor,
        { ...entry, backups: now.backups.filter((id) => id !== ownerId), weight: 1 },
        part.owner,
        at,
      );
      await recordChange(changing, rockId, 'split', {
        before: { aliases: now.aliases, links: now.links },
        after: { aliases: left.aliases, links: left.links, into: newId },
      });
      const card = await findCard(tx, workspaceId, newId, actor.id);
      return card === undefined ? refused('unseen', 'It is in the register now.') : accepted(card);
    },
  ).catch((error: unknown) => {
    if (error instanceof SplitRefused) return error.refusal;
    throw error;
  });
}

class SplitRefused extends Error {
  readonly refusal: ReturnType<typeof refused>;
  constructor(refusal: ReturnType<typeof refused>) {
    super('refused after something was written');
    this.refusal = refusal;
  }
}
