import { markHomes } from '../../../delivery/homes.ts';
import { may } from '../../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { normalName } from '../core/names.ts';
import type { RockCard } from '../core/rock.ts';
import { findCard } from '../lookup-store.ts';
import { lockOwnership, unknownRock } from '../operations.ts';
import type { RockState } from '../present-rocks.ts';
import { rolesOnRock } from '../roles.ts';
import { activateRock } from '../stint-store.ts';
import { notYours, recordChange, stateNow } from './changing.ts';
import { nameOwner } from './proposing-operations.ts';
import { findTaken, lockNames, wasItsLastOwner } from './store.ts';

/**
 * A retired rock stands in the register again, as it was, and leads nowhere else. `owner` null: nobody carries it yet;
 * somebody else than the actor is a proposal until they confirm it. It is for who may retire a rock, and for whoever
 * carried it until it was. Refuses a name or alias that another rock has by now, and says which one.
 */
export async function bringBackRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  owner: Person | null,
): Promise<Result<RockCard>> {
  return await inTransaction(db, async (tx) => {
    await lockNames(tx, workspaceId);
    const rock = await lockOwnership(tx, workspaceId, rockId);
    const card = await findCard(tx, workspaceId, rockId, actor.id);
    if (rock === undefined || card === undefined) return unknownRock;
    const now = await stateNow(tx, workspaceId, rockId);
    const problem = await refusalFor(tx, workspaceId, actor, card, now);
    if (problem !== null) return problem;

    const at = await companyNow(tx, workspaceId);
    await activateRock(tx, rockId, at);
    await recordChange(
      { tx, workspaceId, at, doer: { kind: 'person', personId: actor.id } },
      rockId,
      'brought-back',
      { before: { state: 'retired', retired: now.retired }, after: { state: 'active', retired: null } },
    );
    await markHomes(tx, workspaceId, rock.backups);
    if (owner !== null) {
      const began = owner.id === actor.id ? 'claimed' : 'assigned';
      await nameOwner(tx, { workspaceId, rockId, at, began }, { actor, owner, name: rock.name });
    }
    return accepted((await findCard(tx, workspaceId, rockId, actor.id)) ?? card);
  });
}

async function refusalFor(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  card: RockCard,
  now: RockState,
): Promise<Refusal | null> {
  if (card.state !== 'retired')
    return refused('not-retired', `*${inline(card.name)}* is not retired, so it need not be brought back.`);
  const roles = await rolesOnRock(tx, workspaceId, actor, card.id);
  const isMine = await wasItsLastOwner(tx, card.id, actor.id);
  if (!may('set down, split, merge or retire a rock', isMine ? [...roles, 'owner'] : roles))
    return await notYours(tx, workspaceId, card, 'bring it back');
  return await takenRefusal(tx, workspaceId, actor, card.id, now);
}

/** While it was retired its aliases were kept for it; its name was not, and others may have given theirs since. */
async function takenRefusal(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  { name, aliases }: RockState,
): Promise<Refusal | null> {
  const typed = new Map([name, ...aliases].map((one) => [normalName(one), one]));
  const taken = await findTaken(tx, workspaceId, [...typed.keys()], {
    butRockId: rockId,
    viewerId: actor.id,
  });
  const other = taken.find(({ isRetired }) => !isRetired);
  if (other === undefined) return null;
  const word = `“${inline(typed.get(other.normal) ?? name)}”`;
  const its = await findCard(tx, workspaceId, other.rockId, actor.id);
  if (its === undefined)
    return refused(
      'name-taken',
      `${word} is by now the name of a rock that you do not see. Ask one of your Cairn admins.`,
    );
  const kinds = { key: 'the key', name: 'the name', alias: 'an alias' };
  const whose = its.owner === null ? 'nobody owns' : `${personMention(its.owner)} owns`;
  const key = inline(its.key);
  return refused(
    'name-taken',
    `${word} is by now ${kinds[other.kind]} of *${inline(its.name)}* (\`${key}\`), which ${whose}. Two that go on cannot both be called so: give that one another name with \`/rock edit ${key}\`, then bring this one back.`,
  );
}
