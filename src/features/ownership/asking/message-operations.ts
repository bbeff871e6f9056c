import type { Actor } from '../../people/core/person.ts';
import type { PeopleDeps } from '../../people/operations.ts';
import type { Answer } from '../core/rock.ts';
import { choice } from '../finding-operations.ts';
import { findCard, listRocksAbout, lookUp } from '../lookup-operations.ts';
import type { MessageAnswer } from './core/asked.ts';
import { longestOf, runsIn } from './core/named.ts';
import { findRocksNamed } from './store.ts';

/**
 * Whose a message is: by its links (the longest prefix of each), else by names in its words, else by what has its home
 * in its channel. Null where nothing tells. The miss log keeps nothing: a message is no question.
 */
export async function findByMessage(
  deps: PeopleDeps,
  workspaceId: string,
  viewer: Actor,
  message: { links: readonly string[]; text: string; channelId: string },
): Promise<MessageAnswer | null> {
  const byLink = new Map<number, string>();
  for (const url of message.links) {
    const answer = await lookUp(deps, workspaceId, { kind: 'url', url }, viewer.id);
    for (const id of answer.ok ? rocksOf(answer.value) : []) if (!byLink.has(id)) byLink.set(id, url);
  }
  if (byLink.size > 0) return await answerWith(deps, workspaceId, viewer, 'link', byLink);

  const runs = runsIn(message.text);
  const found = longestOf(await findRocksNamed(deps.db, workspaceId, runs, viewer.id));
  const byName = new Map(found.map(({ rockId, normal }) => [rockId, normal]));
  if (byName.size > 0) return await answerWith(deps, workspaceId, viewer, 'words', byName);

  const channel = { slackId: message.channelId, name: '' };
  const answer = await listRocksAbout(deps.db, workspaceId, { kind: 'channel', channel }, viewer.id);
  const [only, ...others] = answer.kind === 'list' ? answer.rocks : [];
  if (only === undefined) return null;
  if (others.length > 0) return { by: 'channel', named: '', answer };
  return await answerWith(deps, workspaceId, viewer, 'channel', new Map([[only.id, '']]));
}

function rocksOf(answer: Answer): number[] {
  if (answer.kind === 'card') return [answer.successor?.id ?? answer.card.id];
  return answer.kind === 'choice' ? answer.rocks.map(({ id }) => id) : [];
}

async function answerWith(
  { db }: PeopleDeps,
  workspaceId: string,
  viewer: Actor,
  by: MessageAnswer['by'],
  found: ReadonlyMap<number, string>,
): Promise<MessageAnswer | null> {
  const ids = [...found.keys()];
  const [id = 0, ...others] = ids;
  const named = [...new Set(found.values())].join(', ');
  if (others.length > 0) return { by, named, answer: await choice(db, workspaceId, named, ids, viewer.id) };
  const card = await findCard(db, workspaceId, id, viewer.id);
  if (card === undefined) return null;
  return { by, named, answer: { kind: 'card', card, insteadOf: null, successor: null } };
}
