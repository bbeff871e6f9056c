import type { Result } from '../../platform/core/result.ts';
import { accepted, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { type Actor, isActor, notForYou, type Person } from './core/person.ts';
import type { SlackChannel, SlackUser } from './core/slack-user.ts';
import type { Directory } from './directory.ts';
import {
  findChannelBySlackId,
  findPersonByName,
  findPersonBySlackId,
  getPeople,
  type KnownChannel,
  listChannelNames,
  listNamed,
  listUnmatchedNames,
  markArchived,
  markLeft,
  markUnarchived,
  type NamedPerson,
  saveChannelName,
  saveSlackChannel,
  saveSlackUser,
} from './store.ts';

export type { KnownChannel, NamedPerson };
export type PeopleDeps = { db: Database; directory: Directory };

/**
 * Who presses or types, checked at this moment. Somebody whom Cairn has not met yet is looked up in Slack.
 * Refuses guests, bots, people of other companies and those who left.
 */
export async function admit(
  { db, directory }: PeopleDeps,
  caller: { workspaceId: string; slackUserId: string },
): Promise<Result<Actor>> {
  const person = await meet({ db, directory }, caller.workspaceId, caller.slackUserId);
  if (person === undefined) return notForYou({ kind: 'outsider', isDeactivated: false });
  return admitKnown(person);
}

/** The same for a person who was read at this moment already, by `askerColumn`. */
export function admitKnown(person: Person): Result<Actor> {
  return isActor(person) ? accepted(person) : notForYou(person);
}

/** The person of a Slack id, looked up in Slack when they are new. Undefined when Slack does not know them. */
export async function meet(
  { db, directory }: PeopleDeps,
  workspaceId: string,
  slackId: string,
): Promise<Person | undefined> {
  const known = await findPersonBySlackId(db, workspaceId, slackId);
  if (known !== undefined) return known;
  const user = await directory.findUser(slackId);
  if (user === null) return undefined;
  await inTransaction(db, async (tx) => saveSlackUser(tx, workspaceId, user));
  return await findPersonBySlackId(db, workspaceId, slackId);
}

/** Finds whom a command names: a mention as Slack sends it, or `@name` as people type it. */
export async function whoIsMeant(
  deps: PeopleDeps,
  workspaceId: string,
  meant: { slackId: string | null; name: string | null },
): Promise<Result<Person>> {
  const person =
    meant.slackId !== null
      ? await meet(deps, workspaceId, meant.slackId)
      : await findPersonByName(deps.db, workspaceId, meant.name ?? '');
  if (person !== undefined) return accepted(person);
  const typed = inline(meant.name ?? meant.slackId ?? '');
  return refused('unknown-person', `I don't know anybody called “@${typed}” in this workspace.`);
}

/** A person whom a message or modal of ours named before. */
export async function findPersonById(db: Database, workspaceId: string, id: number): Promise<Result<Person>> {
  const [person] = await getPeople(db, workspaceId, [id]);
  return person === undefined
    ? refused('unknown-person', 'That person is not in this workspace.')
    : accepted(person);
}

/** People whom rows of ours name, by name; ids of nobody in this workspace are left out. */
export async function findPeople(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<Person[]> {
  const people = await getPeople(db, workspaceId, [...new Set(ids)]);
  return people.sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id);
}

/**
 * Brings people and channels up to date with Slack, a page at a time, each page in its own transaction. What
 * goes wrong with one list keeps the other from nothing; the first trouble is thrown when both are through.
 */
export async function syncDirectory({ db, directory }: PeopleDeps, workspaceId: string): Promise<void> {
  async function syncUsers(): Promise<void> {
    for await (const users of directory.users()) {
      await inTransaction(db, async (tx) => {
        for (const user of users) await saveSlackUser(tx, workspaceId, user);
      });
    }
  }
  async function syncChannels(): Promise<void> {
    for await (const channels of directory.channels()) {
      await inTransaction(db, async (tx) => {
        for (const channel of channels) await saveSlackChannel(tx, workspaceId, channel);
      });
    }
  }
  const results = await Promise.allSettled([syncUsers(), syncChannels()]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** Keeps somebody as Slack tells of them. */
export async function keepUser({ db }: PeopleDeps, workspaceId: string, user: SlackUser): Promise<void> {
  await inTransaction(db, async (tx) => saveSlackUser(tx, workspaceId, user));
}

/** Keeps a channel as Slack tells of it. */
export async function keepChannel(
  { db }: PeopleDeps,
  workspaceId: string,
  channel: SlackChannel,
): Promise<void> {
  await inTransaction(db, async (tx) => saveSlackChannel(tx, workspaceId, channel));
}

/** Keeps a channel's new name; one that is not known here is left to the next reading of the directory. */
export async function renameChannel(
  { db }: PeopleDeps,
  workspaceId: string,
  slackId: string,
  name: string,
): Promise<void> {
  await inTransaction(db, async (tx) => saveChannelName(tx, workspaceId, slackId, name));
}

/** Keeps that a channel was archived, since the first time it was told. */
export async function archiveChannel(
  { db }: PeopleDeps,
  workspaceId: string,
  slackId: string,
): Promise<void> {
  await inTransaction(db, async (tx) => markArchived(tx, workspaceId, slackId));
}

/** Keeps that a channel is back from the archive. */
export async function unarchiveChannel(
  { db }: PeopleDeps,
  workspaceId: string,
  slackId: string,
): Promise<void> {
  await inTransaction(db, async (tx) => markUnarchived(tx, workspaceId, slackId));
}

/** Keeps that Cairn is no longer in a channel. */
export async function leaveChannel({ db }: PeopleDeps, workspaceId: string, slackId: string): Promise<void> {
  await inTransaction(db, async (tx) => markLeft(tx, workspaceId, slackId));
}

/** A channel in which something was said; one that Cairn has not met yet is looked up in Slack. */
export async function meetChannel(
  deps: PeopleDeps,
  workspaceId: string,
  slackId: string,
): Promise<KnownChannel | undefined> {
  return (
    (await findChannelBySlackId(deps.db, workspaceId, slackId)) ??
    (await lookUpChannel(deps, workspaceId, slackId))
  );
}

/**
 * A channel as Slack has it at this moment, since what is kept of it may be hours old; what Slack says is kept.
 * Undefined for one that Slack does not show to Cairn. Throws when Slack does not answer within the client's time.
 */
export async function lookUpChannel(
  { db, directory }: PeopleDeps,
  workspaceId: string,
  slackId: string,
): Promise<KnownChannel | undefined> {
  const channel = await directory.findChannel(slackId);
  if (channel === null) {
    await inTransaction(db, async (tx) => markLeft(tx, workspaceId, slackId));
    return undefined;
  }
  return await inTransaction(db, async (tx) => {
    await saveSlackChannel(tx, workspaceId, channel);
    return await findChannelBySlackId(tx, workspaceId, slackId);
  });
}

/** Names of a file that Slack does not know, or not yet: slips of the pen, mostly. */
export async function namesNotInSlack(db: Database, workspaceId: string): Promise<string[]> {
  return await listUnmatchedNames(db, workspaceId);
}

/** Everybody and every channel in the workspace, as a spreadsheet may name them. */
export async function whoAndWhere(
  db: Database,
  workspaceId: string,
): Promise<{
  people: NamedPerson[];
  channels: { id: number; slackId: string | null; name: string; isArchived: boolean }[];
}> {
  return {
    people: await listNamed(db, workspaceId),
    channels: await listChannelNames(db, workspaceId),
  };
}
