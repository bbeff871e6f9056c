import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { resay, sayAll } from '../daily/operations.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import { lockOwnership } from '../ownership/operations.ts';
import { type Actor, isActor, type Person } from '../people/core/person.ts';
import { findPersonById } from '../people/operations.ts';
import type { Handoff } from './core/handoff.ts';
import { morningFrom } from './core/times.ts';
import {
  answeredBlocks,
  askerBlocks,
  hintBlocks,
  missingBlocks,
  missingWordsBlocks,
  stillAskedBlocks,
} from './follow-up-blocks.ts';
import {
  type FollowUp,
  type FollowUpAnswer,
  findFollowUp,
  insertFollowUp,
  saveAnswer,
} from './follow-up-store.ts';
import { clockOf, doneBy, type Moving, tellOf } from './moving.ts';
import { findLeadOfRock, getHandoff } from './store.ts';

/**
 * Asks both, in private, how it goes so many days after a handoff, at nine of their next working day; nobody when the rock
 * has moved on meanwhile.
 */
export async function askFollowUps(
  tx: Tx,
  workspaceId: string,
  { handoff, rock, at }: Moving,
  day: 7 | 30,
): Promise<void> {
  const hasArrived = handoff.state === 'overlap' || handoff.state === 'completed';
  if (!hasArrived || rock?.owner?.personId !== handoff.to.id) return;
  const ask = async (personId: number, contentOf: (followUpId: number) => Content): Promise<void> => {
    const person = await findPersonById(tx, workspaceId, personId);
    if (!person.ok || !isActor(person.value)) return;
    const id = await insertFollowUp(tx, { workspaceId, handoffId: handoff.id, personId, day, at });
    if (id === undefined) return;
    const dueAt = morningFrom(at, await clockOf(tx, workspaceId, person.value, at));
    await sayAll(tx, [
      {
        workspaceId,
        personId,
        key: followUpKey({ day, handoffId: handoff.id, personId }),
        at: dueAt,
        content: contentOf(id),
        isNudge: true,
      },
    ]);
  };
  const { from, to } = handoff;
  if (from !== null) await ask(from.id, (id) => stillAskedBlocks(handoff, id, day));
  // A rock that came back has no brief that something could miss.
  if (handoff.kind !== 'back') await ask(to.id, (id) => missingBlocks(handoff, id, day));
}

function followUpKey({ day, handoffId, personId }: Pick<FollowUp, 'day' | 'handoffId' | 'personId'>): string {
  return `handoff-follow-up-${day}:${handoffId}:${personId}`;
}

type Asked = { followUp: FollowUp; handoff: Handoff };

/** Whether the actor could answer now, before anybody is asked for more. */
export async function checkFollowUp(
  db: Database,
  workspaceId: string,
  actor: Actor,
  followUpId: number,
): Promise<Result<Asked>> {
  const followUp = await findFollowUp(db, workspaceId, followUpId);
  if (followUp === undefined) return refused('gone', 'That question is not there any more.');
  if (followUp.personId !== actor.id) {
    return refused('not-yours', 'This was asked of somebody else, so the answer is theirs.');
  }
  if (followUp.answer !== null) return refused('answered', 'You have answered this already. Thank you.');
  return accepted({ followUp, handoff: await getHandoff(db, workspaceId, followUp.handoffId) });
}

/** The former owner is asked no more, or the new one misses nothing. */
export async function answerFollowUp(
  db: Database,
  workspaceId: string,
  actor: Actor,
  followUpId: number,
  answer: 'let-go' | 'complete',
): Promise<Result<Handoff>> {
  return await answering(db, workspaceId, actor, followUpId, answer, null, async () => 0);
}

/**
 * The former owner sends those who still ask to the new one: each is told, in words of ours. Refuses a rock that has moved
 * on from there, and people who do not see it.
 */
export async function sendAskers(
  db: Database,
  workspaceId: string,
  actor: Actor,
  followUpId: number,
  askers: readonly Person[],
): Promise<Result<Handoff>> {
  const toldOf = ({ handoff: { to } }: Asked) => askers.filter(({ id }) => id !== actor.id && id !== to.id);
  return await answering(
    db,
    workspaceId,
    actor,
    followUpId,
    'still-asked',
    null,
    async (tx, asked, at) => {
      const { handoff, followUp } = asked;
      for (const { id: personId } of toldOf(asked)) {
        const about = `asker-${followUp.id}:${personId}`;
        await tellOf(tx, workspaceId, about, handoff.id, at, { personId }, askerBlocks(handoff, actor));
      }
      if (followUp.day === 30) await hintLead(tx, workspaceId, handoff, at);
      return toldOf(asked).length;
    },
    async (tx, asked) => {
      if (toldOf(asked).length === 0) return refused('nobody', 'Please pick who asked you.');
      const moved = await movedOn(tx, workspaceId, asked.handoff);
      return moved ?? (await unseenBy(tx, workspaceId, asked.handoff, toldOf(asked)));
    },
  );
}

/** Nobody is sent to somebody who has it no more. The rock stays locked until the askers are told. */
async function movedOn(tx: Tx, workspaceId: string, { rock, to }: Handoff): Promise<Refusal | null> {
  const locked = rock === null ? undefined : await lockOwnership(tx, workspaceId, rock.id);
  if (rock === null || locked?.owner?.personId === to.id) return null;
  return refused(
    'moved-on',
    `*${inline(rock.name)}* has moved on from ${personMention(to)} meanwhile. \`/owner ${inline(rock.key)}\` says who has it now.`,
  );
}

/** The new owner misses something: the former one is told, in private. */
export async function reportMissing(
  db: Database,
  workspaceId: string,
  actor: Actor,
  followUpId: number,
  words: string,
): Promise<Result<Handoff>> {
  return await answering(
    db,
    workspaceId,
    actor,
    followUpId,
    'missing',
    words,
    async (tx, { handoff, followUp }, at) => {
      const { from } = handoff;
      if (from === null) return 0;
      const about = `missing-${followUp.day}`;
      const content = missingWordsBlocks(handoff, words);
      await tellOf(tx, workspaceId, about, handoff.id, at, { personId: from.id }, content);
      return 0;
    },
  );
}

async function answering(
  db: Database,
  workspaceId: string,
  actor: Actor,
  followUpId: number,
  answer: FollowUpAnswer,
  words: string | null,
  work: (tx: Tx, asked: Asked, at: Moving['at']) => Promise<number>,
  check: (tx: Tx, asked: Asked) => Promise<Result<unknown>> = async () => accepted(null),
): Promise<Result<Handoff>> {
  return await inTransaction(
    db,
    async (tx) => {
      const asked = await checkFollowUp(tx, workspaceId, actor, followUpId);
      if (!asked.ok) return asked;
      const checked = await check(tx, asked.value);
      if (!checked.ok) return checked;
      const at = await companyNow(tx, workspaceId);
      if (!(await saveAnswer(tx, followUpId, answer, words, at))) {
        return refused('answered', 'You have answered this already. Thank you.');
      }
      const { followUp, handoff } = asked.value;
      const askers = await work(tx, asked.value, at);
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: doneBy(actor),
        type: 'handoff.follow-up-answered',
        subject: { kind: 'handoff', id: handoff.id },
        after: { day: followUp.day, answer },
      });
      await resay(tx, workspaceId, followUpKey(followUp), answeredBlocks(handoff, answer, askers));
      return accepted(handoff);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Only who sees the rock can be told of it. The names stand beside a field, as plain text. */
async function unseenBy(
  tx: Tx,
  workspaceId: string,
  handoff: Handoff,
  people: readonly Person[],
): Promise<Result<null>> {
  const names: string[] = [];
  for (const person of people) {
    const card =
      handoff.rock === null || !isActor(person)
        ? undefined
        : await findCard(tx, workspaceId, handoff.rock.id, person.id);
    if (card === undefined) names.push(person.name);
  }
  return names.length === 0
    ? accepted(null)
    : refused('unseen', `I cannot write to ${names.join(', ')} about this rock, since they do not see it.`);
}

/** In private, and only on day 30: a rock that does not let go. */
async function hintLead(tx: Tx, workspaceId: string, handoff: Handoff, at: Moving['at']): Promise<void> {
  if (handoff.rock === null) return;
  const leadId = await findLeadOfRock(tx, workspaceId, handoff.rock.id);
  if (leadId === null || leadId === handoff.to.id || leadId === handoff.from?.id) return;
  const lead = await findPersonById(tx, workspaceId, leadId);
  if (!lead.ok || !isActor(lead.value)) return;
  const key = `handoff-hint:${handoff.id}`;
  await sayAll(tx, [{ workspaceId, personId: leadId, key, at, content: hintBlocks(handoff), isNudge: true }]);
}
