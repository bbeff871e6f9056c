import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { shortened } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { linesToSupport } from '../../strategy/operations.ts';
import { beside, type Change } from './changing.ts';
import type { ObjectiveEntry, Support } from './core/entry.ts';
import { loopWords } from './core/loop.ts';
import { findObjective, findSupport, type ObjectiveState, wayUp } from './store.ts';

/**
 * What it supports, with its key. Refuses what the actor does not see or the strategy does not have, and a way that would
 * lead back to it. What they do not see and it supports already stays: their menu has no place for it.
 */
export async function checkSupport(
  { tx, workspaceId }: Pick<Change, 'tx' | 'workspaceId'>,
  actor: Actor,
  { title, supports }: ObjectiveEntry,
  present: ({ id: number } & ObjectiveState) | null,
): Promise<Result<{ on: Support | null; key: string | null }>> {
  if (supports === null) {
    const now = present === null ? null : await findSupport(tx, present.id);
    const isHidden =
      now?.kind === 'objective' && (await findObjective(tx, workspaceId, now.id, actor.id)) === undefined;
    return accepted(isHidden ? { on: now, key: present?.supports ?? null } : { on: null, key: null });
  }
  if (supports.kind === 'line') {
    const line = (await linesToSupport(tx, workspaceId)).find(({ id }) => id === supports.id);
    return line === undefined
      ? beside(
          'supports',
          refused('unknown-line', 'That line is not in the strategy any more. Pick another one.'),
        )
      : accepted({ on: supports, key: line.key });
  }
  const loop = loopRefusal(await wayUp(tx, workspaceId, supports.id, actor.id), present?.id ?? null, title);
  if (loop !== null) return loop;
  const supported = await findObjective(tx, workspaceId, supports.id, actor.id);
  return supported === undefined
    ? beside('supports', refused('unknown', 'Pick one of the objectives that are there.'))
    : accepted({ on: supports, key: supported.key });
}

function loopRefusal(
  way: readonly { id: number; title: string | null }[],
  ownId: number | null,
  title: string,
): Refusal | null {
  const back = way.findIndex(({ id }) => id === ownId);
  if (back < 0) return null;
  const words = loopWords(
    shortened(title, 60),
    way.slice(0, back).map((it) => (it.title === null ? null : shortened(it.title, 60))),
  );
  return beside('supports', refused('loop', words));
}
