import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, admitKnown, type PeopleDeps, whoIsMeant } from '../people/operations.ts';
import { longestName, normalName } from './core/names.ts';
import { placeOf, placesAbove } from './core/places.ts';
import { rank } from './core/ranking.ts';
import type { Answer, Backpack, ListSubject, Question, RockCard, StintStory } from './core/rock.ts';
import { findCandidates } from './lookup-finding-store.ts';
import { listBackpack, listRocks, type RockFilter } from './lookup-list-store.ts';
import { findCard, findCardForAsker, findCardsByName, findCardsByPlace, insertMiss } from './lookup-store.ts';
import { listStints } from './stint-store.ts';

/** As many lines as a list shows; the rest is counted. */
const listLength = 40;

export type AnswerForAsker = { asker: Actor; answer: Answer };

/**
 * Answers a question of whoever asks, or refuses them. The common one, by exact name, takes a single statement
 * that brings the card together with the asker.
 */
export async function answerQuestion(
  deps: PeopleDeps,
  caller: { workspaceId: string; slackUserId: string },
  question: Question,
): Promise<Result<AnswerForAsker>> {
  const { workspaceId } = caller;
  if (question.kind === 'name' && question.text.length <= longestName) {
    const normal = normalName(question.text);
    const found = await findCardForAsker(deps.db, workspaceId, normal, caller.slackUserId);
    if (found !== undefined && found.asker !== null) {
      const asker = admitKnown(found.asker);
      if (!asker.ok) return asker;
      return accepted({ asker: asker.value, answer: { kind: 'card', card: found.card, insteadOf: null } });
    }
  }
  const asker = await admit(deps, caller);
  if (!asker.ok) return asker;
  const answer = await findOwner(deps, workspaceId, question, asker.value.id);
  return answer.ok ? accepted({ asker: asker.value, answer: answer.value }) : answer;
}

/** Answers "who owns this?". A question that finds nothing is kept in the miss log, without the asker. */
export async function findOwner(
  deps: PeopleDeps,
  workspaceId: string,
  question: Question,
  viewerId: number,
): Promise<Result<Answer>> {
  switch (question.kind) {
    case 'name': {
      const answer = await findByName(deps.db, workspaceId, question.text, viewerId);
      if (answer.ok && answer.value.kind === 'nothing')
        await keepMiss(deps.db, workspaceId, question.text, normalName(question.text));
      return answer;
    }
    case 'url':
      return await findByUrl(deps.db, workspaceId, question.url, viewerId);
    case 'person': {
      const person = await whoIsMeant(deps, workspaceId, question);
      if (!person.ok) return person;
      return accepted(await list(deps.db, workspaceId, { kind: 'person', person: person.value }, viewerId));
    }
    case 'channel':
      return accepted(
        await list(
          deps.db,
          workspaceId,
          { kind: 'channel', channel: { slackId: question.slackId, name: question.name ?? '' } },
          viewerId,
        ),
      );
    case 'unowned':
    case 'stale':
      return accepted(await list(deps.db, workspaceId, question, viewerId));
  }
}

/**
 * One rock by what somebody who sees it calls it, for commands that act on it; it may be set down or retired. Refuses what is not sure, with words; what it
 * does not find is no question about an owner, so the miss log keeps nothing of it.
 */
export async function findRock(
  db: Database,
  workspaceId: string,
  text: string,
  viewerId: number,
): Promise<Result<RockCard>> {
  const answer = await findByName(db, workspaceId, text, viewerId);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'card') return accepted(answer.value.card);
  if (answer.value.kind === 'choice') {
    const names = answer.value.rocks.map((rock) => `*${inline(rock.name)}*`).join(', ');
    return refused('unsure', `“${inline(text)}” could be ${names}. Which one? Type its name in full.`);
  }
  return refused('unknown-rock', `I don't know a rock called “${inline(text)}”.`);
}

/** The card of a rock that was shown before; undefined when it is gone or the viewer does not see it (any more). */
export { findCard };

/** Who carried a rock, latest first. */
export async function readHistory(db: Database, workspaceId: string, rockId: number): Promise<StintStory[]> {
  return await listStints(db, workspaceId, rockId);
}

/** What somebody carries, then what they stand in for, each by name: `limit` of them after `offset`. */
export async function readBackpack(
  db: Database,
  workspaceId: string,
  person: Actor,
  part: { offset: number; limit: number },
): Promise<Backpack> {
  return await listBackpack(db, workspaceId, person.id, part);
}

async function findByName(
  db: Database,
  workspaceId: string,
  text: string,
  viewerId: number,
): Promise<Result<Answer>> {
  if (text.length > longestName) {
    return refused('long-name', `That is longer than any rock's name (${longestName} characters at most).`);
  }
  const normal = normalName(text);
  if (normal === '') return refused('no-name', 'Which rock? For example `/owner payments`.');

  const [card, ...others] = await findCardsByName(db, workspaceId, normal, viewerId);
  if (card !== undefined && others.length === 0) return accepted({ kind: 'card', card, insteadOf: null });
  if (card !== undefined)
    return await choice(
      db,
      workspaceId,
      text,
      [card, ...others].map((rock) => rock.id),
      viewerId,
    );

  const ranking = rank(normal, await findCandidates(db, workspaceId, normal, viewerId));
  if (ranking.kind === 'sure') {
    const sure = await findCard(db, workspaceId, ranking.rockId, viewerId);
    if (sure !== undefined) return accepted({ kind: 'card', card: sure, insteadOf: text });
  } else if (ranking.rockIds.length > 0) {
    return await choice(db, workspaceId, text, ranking.rockIds, viewerId);
  }
  return accepted({ kind: 'nothing', typed: text });
}

async function findByUrl(
  db: Database,
  workspaceId: string,
  url: string,
  viewerId: number,
): Promise<Result<Answer>> {
  const place = placeOf(url);
  if (place === null) return refused('bad-url', 'That is not an http or https address.');
  const [card, ...others] = await findCardsByPlace(db, workspaceId, placesAbove(place), viewerId);
  if (card === undefined) {
    await keepMiss(db, workspaceId, url.slice(0, 500), place.slice(0, 500));
    return accepted({ kind: 'nothing', typed: url });
  }
  if (others.length === 0) return accepted({ kind: 'card', card, insteadOf: null });
  return await choice(
    db,
    workspaceId,
    url,
    [card, ...others].map((rock) => rock.id),
    viewerId,
  );
}

async function keepMiss(db: Database, workspaceId: string, query: string, normal: string): Promise<void> {
  await inTransaction(db, async (tx) => insertMiss(tx, workspaceId, query, normal));
}

async function choice(
  db: Database,
  workspaceId: string,
  typed: string,
  ids: number[],
  viewerId: number,
): Promise<Result<Answer>> {
  const { rocks } = await listRocks(db, workspaceId, { ids }, ids.length, viewerId);
  const bestFirst = rocks.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  return accepted({ kind: 'choice', typed, rocks: bestFirst.slice(0, 5) });
}

async function list(
  db: Database,
  workspaceId: string,
  about: ListSubject,
  viewerId: number,
): Promise<Answer> {
  const { rocks, total } = await listRocks(db, workspaceId, filterOf(about), listLength, viewerId);
  return { kind: 'list', about, rocks, total };
}

function filterOf(about: ListSubject): RockFilter {
  switch (about.kind) {
    case 'person':
      return { ownerId: about.person.id };
    case 'channel':
      return { channel: about.channel };
    case 'unowned':
      return { unowned: true };
    case 'stale':
      return { stale: true };
  }
}
