import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { longestName, normalName } from './core/names.ts';
import { placeOf, placesAbove } from './core/places.ts';
import { rank } from './core/ranking.ts';
import type { Answer, RockCard } from './core/rock.ts';
import { findCandidates } from './lookup-finding-store.ts';
import { listRocks } from './lookup-list-store.ts';
import { findCard, findCardsByName, findCardsByPlace, findRocksBelow } from './lookup-store.ts';

/** As many rocks as an answer offers when it is not sure which one is meant. */
const mostChoices = 5;
/** A retired rock may have gone into one that is retired by now; nobody looks further than this. */
const mostSteps = 10;

/**
 * The rocks that `text` may mean, of those that the viewer sees: a card, a choice, or nothing. `known` are the rocks of
 * exactly this name, where they were read already.
 */
export async function findByName(
  db: Database,
  workspaceId: string,
  text: string,
  viewerId: number,
  known?: RockCard[],
): Promise<Result<Answer>> {
  if (text.length > longestName) {
    return refused('long-name', `That is longer than any rock's name (${longestName} characters at most).`);
  }
  const normal = normalName(text);
  if (normal === '') return refused('no-name', 'Which rock? For example `/owner payments`.');

  const exact = known ?? (await findCardsByName(db, workspaceId, normal, viewerId));
  if (exact.length > 0) return accepted(await answerWith(db, workspaceId, text, exact, viewerId));

  const ranking = rank(normal, await findCandidates(db, workspaceId, text, normal, viewerId));
  if (ranking.kind === 'sure') {
    const sure = await findCard(db, workspaceId, ranking.rockId, viewerId);
    if (sure !== undefined) return accepted(await cardAnswer(db, workspaceId, sure, text, viewerId));
  } else if (ranking.rockIds.length > 0) {
    return accepted(await choice(db, workspaceId, text, ranking.rockIds, viewerId));
  }
  return accepted({ kind: 'nothing', typed: text });
}

/**
 * The rocks whose link is the longest that the address begins with. Where there is none, rocks with a page in the same
 * folder, or on the same host, are offered, if they are so few that it tells something.
 */
export async function findByUrl(
  db: Database,
  workspaceId: string,
  url: string,
  viewerId: number,
): Promise<Result<Answer>> {
  const place = placeOf(url);
  if (place === null) return refused('bad-url', 'That is not an http or https address.');
  const places = placesAbove(place);
  const cards = await findCardsByPlace(db, workspaceId, places, viewerId);
  if (cards.length > 0) return accepted(await answerWith(db, workspaceId, url, cards, viewerId));
  const near = await findRocksBelow(db, workspaceId, places, viewerId);
  return near.length === 0 || near.length > mostChoices
    ? accepted({ kind: 'nothing', typed: url })
    : accepted(await choice(db, workspaceId, url, near, viewerId));
}

/** One card, with the rock that a retired one went into. `insteadOf` is what was typed, where it was not its name. */
export async function cardAnswer(
  db: Database,
  workspaceId: string,
  card: RockCard,
  insteadOf: string | null,
  viewerId: number,
): Promise<Answer> {
  let last: RockCard | undefined = card;
  for (let step = 0; step < mostSteps && last?.retired?.successor; step += 1) {
    last = await findCard(db, workspaceId, last.retired.successor.id, viewerId);
  }
  return {
    kind: 'card',
    card,
    insteadOf,
    successor: last === undefined || last.id === card.id ? null : last,
  };
}

/** What has the name exactly: what is over gives way to what goes on. */
async function answerWith(
  db: Database,
  workspaceId: string,
  typed: string,
  cards: RockCard[],
  viewerId: number,
): Promise<Answer> {
  const living = cards.filter(({ state }) => state !== 'retired');
  const [card, ...others] = living.length > 0 ? living : cards;
  if (card !== undefined && others.length === 0) {
    return await cardAnswer(db, workspaceId, card, null, viewerId);
  }
  const ids = cards.map(({ id }) => id);
  return await choice(db, workspaceId, typed, ids, viewerId);
}

/** Several that may be meant, best first: the first five of those that the viewer sees. */
export async function choice(
  db: Database,
  workspaceId: string,
  typed: string,
  ids: number[],
  viewerId: number,
): Promise<Answer> {
  const { rocks } = await listRocks(db, workspaceId, { ids }, ids.length, viewerId);
  const bestFirst = rocks.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  return { kind: 'choice', typed, rocks: bestFirst.slice(0, mostChoices) };
}
