import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { normalName } from '../core/names.ts';
import type { RockCard } from '../core/rock.ts';
import { replaceParts } from '../import-parts.ts';
import { findCard } from '../lookup-store.ts';
import type { RockState } from '../present-rocks.ts';
import { type Changing, changeOf, changeRock, namesRefusal, recordChange, stateNow } from './changing.ts';
import { type Split, splitOf } from './core/split.ts';
import { addIn } from './operations.ts';
import { updateRock } from './store.ts';

const splits = { operation: 'set down, split, merge or retire a rock', givesNames: true } as const;

/**
 * Makes two of one. The first keeps its history and what does not go along; the second has a name, summary and owner of
 * its own, and is otherwise like the first: team, channel, type, disciplines, importance, who sees it. Refuses names
 * that lead to another rock, beside the field. Gives the second.
 */
export async function splitRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  split: Split,
  owner: Person | null,
): Promise<Result<RockCard>> {
  return await changeRock(db, workspaceId, actor, rockId, splits, async (changing) => {
    const { tx, at, rock } = changing;
    const now = await stateNow(tx, workspaceId, rockId);
    const { left, part } = splitOf(now, split);
    const problem = await splitRefusal(changing, actor, left, part);
    if (problem !== null) return problem;

    await updateRock(tx, rockId, left, at);
    await replaceParts({ tx, workspaceId }, [{ id: rockId, key: rock.key, state: left }]);
    const whole = { ...part, backups: part.backups.filter((id) => id !== owner?.id) };
    const newId = await addIn(tx, workspaceId, actor, whole, owner, at, rockId);
    const { before = {}, after = {} } = changeOf(now, left) ?? {};
    await recordChange(changing, rockId, 'split', { before, after: { ...after, into: newId } });
    const card = await findCard(tx, workspaceId, newId, actor.id);
    return card === undefined
      ? refused('unseen', 'It is in the register now, for those who may see it.')
      : accepted(card);
  });
}

/** Why the two cannot be called like this, beside the field. */
async function splitRefusal(
  { tx, workspaceId, rock }: Changing,
  actor: Actor,
  left: RockState,
  part: RockState,
): Promise<Refusal | null> {
  if (normalName(left.name) === normalName(part.name))
    return { ...refused('same-name', 'The two need different names.'), field: 'name' };
  // What stays the first one's own: an alias of the second may not lead back to it.
  const own = new Set([normalName(left.name), normalName(rock.key)]);
  const leadsBack = part.aliases.find((alias) => own.has(normalName(alias)));
  if (leadsBack !== undefined)
    return {
      ...refused('leads-back', `“${leadsBack}” stays with the first one, whose name or key it is.`),
      field: 'aliases',
    };
  const others = { butRockId: rock.id, viewerId: actor.id };
  const ofFirst = await namesRefusal(tx, workspaceId, left, others);
  if (ofFirst !== null) return { ...ofFirst, field: 'first-name' };
  return await namesRefusal(tx, workspaceId, part, others);
}
