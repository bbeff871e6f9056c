import {
  type Askable,
  type Assigned,
  askAt,
  assign,
  isAwayOn,
  nudgeAt,
  promptAt,
} from '../../cadence/core/asking.ts';
import { lateWords } from '../../cadence/core/lateness.ts';
import { spreadSeconds } from '../../cadence/core/spread.ts';
import type { Occurrence, Opened, Prospect, Ritual } from '../../cadence/ritual.ts';
import { markHomes } from '../../delivery/homes.ts';
import type { NewMessage } from '../../delivery/message.ts';
import { tellAll } from '../../delivery/outbox.ts';
import { dateWords } from '../../platform/core/time-words.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { keyResultsOfCadences, type Owed } from '../okrs/operations.ts';
import { nudgeBlocks, promptBlocks, runBlocks } from './blocks.ts';
import { closeRuns } from './closing-operations.ts';
import { type CheckIn, dayOf, type PromptItem, whyAsked } from './core/check-in.ts';
import { insertPrompts, insertRuns, listLatestAnswers, listReachable } from './run-store.ts';

/** The weekly question: one message in the channel, a direct message to each owner of a key result. */
export const okrCheckIn: Ritual = {
  key: 'okr-check-in',
  name: 'OKR check-in',
  open: openRuns,
  close: closeRuns,
  async whom(db, prospect) {
    const [asking] = await whoAnswers(db, [prospect]);
    return { people: asking?.asked.size ?? 0 };
  },
};

/** Who answers what in an occurrence. */
type Asking<O> = Assigned<Owed> & { occurrence: O; people: ReadonlyMap<number, Askable> };

async function openRuns(tx: Tx, occurrences: readonly Occurrence[]): Promise<Map<number, Opened>> {
  const opened = new Map<number, Opened>();
  const begun: Asking<Occurrence>[] = [];
  for (const asking of await whoAnswers(tx, occurrences)) {
    const isEmpty = asking.asked.size + asking.away.size + asking.unasked === 0;
    if (!isEmpty) begun.push(asking);
    opened.set(
      asking.occurrence.id,
      isEmpty ? { held: false, reason: 'no key results to ask about in this cycle' } : { held: true },
    );
  }
  await announce(tx, begun);
  await ask(tx, begun);
  return opened;
}

/** Each key result's owner, or the backup where the owner cannot be reached in Slack or is away on the day. */
async function whoAnswers<O extends Prospect>(db: Database, occurrences: readonly O[]): Promise<Asking<O>[]> {
  const [first] = occurrences;
  if (first === undefined) return [];
  const { workspaceId } = first;
  const owed = await keyResultsOfCadences(
    db,
    workspaceId,
    occurrences.map(({ cadenceId, cycle, local }) => ({ cadenceId, cycle, on: local.toPlainDate() })),
  );
  const ids = owed.flatMap(({ owner, backupId }) => [owner?.id ?? [], backupId ?? []].flat());
  const days = occurrences.map(({ local }) => local.toPlainDate().toString()).sort();
  const since = dayOf(days[0] ?? '').subtract({ days: 1 });
  const reachable = await listReachable(db, workspaceId, [...new Set(ids)], since);
  const people = new Map(reachable.map((person) => [person.id, person]));
  const byCadence = Map.groupBy(owed, ({ cadenceId }) => cadenceId);
  return occurrences.map((occurrence) => ({
    ...assign(byCadence.get(occurrence.cadenceId) ?? [], (id) => {
      const person = people.get(id);
      if (person === undefined) return 'unreachable';
      const on = promptAt(occurrence, person.timezone).toZonedDateTimeISO(person.timezone).toPlainDate();
      return isAwayOn(person, on) ? 'away' : 'asked';
    }),
    occurrence,
    people,
  }));
}

/** The messages in the channels. */
async function announce(tx: Tx, begun: readonly Asking<Occurrence>[]): Promise<void> {
  const messageIds = await tellAll(
    tx,
    begun.map(({ occurrence, asked, away, unasked }): NewMessage => {
      const { workspaceId, id, channelId, name, dueAt, plannedAt, timezone } = occurrence;
      const tally = { asked: asked.size, in: 0, away: away.size };
      const late = lateWords(dueAt, plannedAt, timezone);
      return {
        workspaceId,
        dedupeKey: `check-in-run:${id}`,
        to: { channelId },
        content: runBlocks(dateWords(dayOf(name)), tally, { unasked, late, isOver: false }),
        dueAt,
      };
    }),
  );
  await insertRuns(
    tx,
    begun.map(({ occurrence, away, unasked }, index) => ({
      workspaceId: occurrence.workspaceId,
      occurrenceId: occurrence.id,
      messageId: messageIds[index] ?? 0,
      unasked,
      away: away.size,
    })),
  );
}

/** The direct messages, and the reminders of who will not have answered them. */
async function ask(tx: Tx, begun: readonly Asking<Occurrence>[]): Promise<void> {
  const previous = await listLatestAnswers(tx, [
    ...new Set(begun.flatMap(({ asked }) => [...asked.values()].flat().map(({ id }) => id))),
  ]);
  const prompts = begun.flatMap((asking) => promptsOf(asking, previous));
  const messageIds = await tellAll(
    tx,
    prompts.map(({ message }) => message),
  );
  const nudges = prompts.flatMap(({ nudge }, index) => {
    const threadOf = messageIds[index];
    return nudge === null || threadOf === undefined ? [] : [{ index, message: { ...nudge, threadOf } }];
  });
  const nudgeIds = await tellAll(
    tx,
    nudges.map(({ message }) => message),
  );
  const nudgeIdOf = new Map(nudges.map(({ index }, nth) => [index, nudgeIds[nth]]));
  await insertPrompts(
    tx,
    prompts.map(({ workspaceId, occurrenceId, personId, keyResultIds }, index) => ({
      workspaceId,
      occurrenceId,
      personId,
      keyResultIds,
      messageId: messageIds[index] ?? 0,
      nudgeMessageId: nudgeIdOf.get(index) ?? null,
    })),
  );
  const [first] = prompts;
  if (first !== undefined) {
    await markHomes(tx, first.workspaceId, [...new Set(prompts.map(({ personId }) => personId))]);
  }
}

type PlannedPrompt = {
  workspaceId: string;
  occurrenceId: number;
  personId: number;
  keyResultIds: number[];
  message: NewMessage;
  nudge: NewMessage | null;
};

function promptsOf(
  { occurrence, asked, people }: Asking<Occurrence>,
  previous: ReadonlyMap<number, CheckIn>,
): PlannedPrompt[] {
  const { workspaceId, id: occurrenceId, cadenceId } = occurrence;
  const day = dateWords(dayOf(occurrence.name));
  return [...asked].flatMap(([personId, keyResults]) => {
    const person = people.get(personId);
    if (person === undefined) return [];
    const seconds = spreadSeconds({ cadenceId, occurrenceId, personId }, asked.size);
    const askedAt = askAt(occurrence, person.timezone, seconds);
    const remindedAt = nudgeAt(occurrence, askedAt, person);
    const items = keyResults.map((keyResult) => itemOf(keyResult, personId, previous));
    const common = {
      workspaceId,
      to: { personId },
      ...(occurrence.closeAt === null ? {} : { expiresAt: occurrence.closeAt }),
    };
    const message = {
      ...common,
      dedupeKey: `check-in-prompt:${occurrenceId}:${personId}`,
      content: promptBlocks({ occurrenceId, items }, day),
      dueAt: askedAt,
    };
    const nudge = remindedAt && {
      ...common,
      dedupeKey: `check-in-nudge:${occurrenceId}:${personId}`,
      content: nudgeBlocks(occurrenceId, day),
      dueAt: remindedAt,
      isNudge: true,
    };
    const keyResultIds = keyResults.map(({ id }) => id);
    return [{ workspaceId, occurrenceId, personId, keyResultIds, message, nudge }];
  });
}

function itemOf(keyResult: Owed, personId: number, previous: ReadonlyMap<number, CheckIn>): PromptItem {
  const before = previous.get(keyResult.id) ?? null;
  return { keyResult, why: whyAsked(keyResult, personId), answer: null, previous: before };
}
