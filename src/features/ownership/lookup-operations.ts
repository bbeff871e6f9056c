import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { findGroup } from '../people/group-operations.ts';
import { admit, admitKnown, type PeopleDeps, whoIsMeant } from '../people/operations.ts';
import { longestName, normalName } from './core/names.ts';
import { placeOf } from './core/places.ts';
import type { Answer, ListSubject, Miss, Question, RockCard, StintStory } from './core/rock.ts';
import { findByName, findByUrl } from './finding-operations.ts';
import { countSetDown, listRocks, type RockFilter } from './lookup-list-store.ts';
import { findCard, findCardsForAsker } from './lookup-store.ts';
import { keepMiss } from './misses/operations.ts';
import { listStints } from './stint-store.ts';

/** As many lines as a list shows; the rest is counted. */
const listLength = 40;

export type AnswerForAsker = { asker: Actor; answer: Answer };

/**
 * Answers a question of whoever asks, or refuses them. The common one, by exact name, takes a single statement
 * that brings the card together with the asker; a slip takes two more.
 */
export async function answerQuestion(
  deps: PeopleDeps,
  caller: { workspaceId: string; slackUserId: string },
  question: Question,
): Promise<Result<AnswerForAsker>> {
  const { workspaceId } = caller;
  const isName = question.kind === 'name' && question.text.length <= longestName;
  const { asker: known, cards } = isName
    ? await findCardsForAsker(deps.db, workspaceId, normalName(question.text), caller.slackUserId)
    : { asker: null, cards: [] };
  const asker = known === null ? await admit(deps, caller) : admitKnown(known);
  if (!asker.ok) return asker;
  const exact = known === null ? undefined : cards;
  const answer = await findOwner(deps, workspaceId, question, asker.value.id, exact);
  return answer.ok ? accepted({ asker: asker.value, answer: answer.value }) : answer;
}

/**
 * Answers "who owns this?" for a viewer, of the rocks that they see. A question that finds nothing is kept in the
 * miss log, without the asker. `exact` are the rocks of exactly the name that is asked for, where they were read already.
 */
export async function findOwner(
  deps: PeopleDeps,
  workspaceId: string,
  question: Question,
  viewerId: number,
  exact?: RockCard[],
): Promise<Result<Answer>> {
  const answer = await lookUp(deps, workspaceId, question, viewerId, exact);
  if (!answer.ok || answer.value.kind !== 'nothing') return answer;
  return accepted({ ...answer.value, miss: await keepQuestion(deps.db, workspaceId, question) });
}

/** Keeps a question of somebody, who is not kept, in the miss log: it found nothing. */
export async function keepQuestion(
  db: Database,
  workspaceId: string,
  question: Question,
): Promise<Miss | undefined> {
  if (question.kind === 'name')
    return await keepMiss(db, workspaceId, question.text, normalName(question.text));
  if (question.kind === 'url')
    return await keepMiss(db, workspaceId, question.url, placeOf(question.url) ?? '');
  return undefined;
}

/** The same answer where nothing is kept of what finds nothing. */
export async function lookUp(
  deps: PeopleDeps,
  workspaceId: string,
  question: Question,
  viewerId: number,
  exact?: RockCard[],
): Promise<Result<Answer>> {
  const listOf = async (about: ListSubject) =>
    accepted(await listRocksAbout(deps.db, workspaceId, about, viewerId));
  switch (question.kind) {
    case 'name':
      return await findByName(deps.db, workspaceId, question.text, viewerId, exact);
    case 'url':
      return await findByUrl(deps.db, workspaceId, question.url, viewerId);
    case 'person': {
      const person = await whoIsMeant(deps, workspaceId, question);
      return person.ok ? await listOf({ kind: 'person', person: person.value }) : person;
    }
    case 'group': {
      const group = await findGroup(deps, workspaceId, question);
      return group.ok ? await listOf({ kind: 'group', group: group.value }) : group;
    }
    case 'channel':
      return await listOf({
        kind: 'channel',
        channel: { slackId: question.slackId, name: question.name ?? '' },
      });
    case 'unowned':
      return await listOf({ kind: 'unowned', setDown: await countSetDown(deps.db, workspaceId, viewerId) });
    case 'stale':
      return await listOf({ kind: 'stale' });
  }
}

/** The answer that is a list: what the viewer sees of the rocks in question, the first forty, and their number. */
export async function listRocksAbout(
  db: Database,
  workspaceId: string,
  about: ListSubject,
  viewerId: number,
): Promise<Answer> {
  const list = await listRocks(db, workspaceId, filterOf(about), listLength, viewerId);
  return { kind: 'list', about, ...list };
}

/**
 * One rock by what somebody who sees it calls it, for commands that act on it; it may be set down or retired. Refuses
 * what is not sure, with words; what it does not find is no question about an owner, so the miss log keeps nothing
 * of it.
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

function filterOf(about: ListSubject): RockFilter {
  switch (about.kind) {
    case 'person':
      return { personId: about.person.id };
    case 'group':
      return { ownerIds: about.group.personIds };
    case 'channel':
      return { channel: about.channel };
    case 'unowned':
      return { unowned: true };
    case 'stale':
      return { stale: true };
    case 'team':
      return { teamId: about.team.id };
    case 'all':
      return { all: true };
  }
}
