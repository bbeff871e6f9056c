import type { CadenceCard } from '../../cadence/core/cadence.ts';
import { listCadences, listHistory, readCadence } from '../../cadence/operations.ts';
import { changeRefusal, mayChange } from '../../cadence/permission.ts';
import { prospectOf } from '../../cadence/prospect.ts';
import { within } from '../../platform/core/within.ts';
import type { Caller } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { whoLeft } from '../check-ins/leaving/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { type KnownChannel, lookUpChannel } from '../people/operations.ts';
import { ownPages } from '../playbook/operations.ts';
import { cardBlocks, historyBlocks, listBlocks, type Reader } from './blocks.ts';
import type { CadenceDeps } from './deps.ts';
import { rehearsalBlocks } from './rehearsal-blocks.ts';

/** Slack is asked about a channel for so long: what follows has to be done within the three seconds of a request. */
const channelPatienceMs = 1_000;

/** Who reads, with what every ritual is called: also those of the company's own playbook. */
export async function readerOf(
  { db, rituals }: Pick<CadenceDeps, 'db' | 'rituals'>,
  { workspaceId }: Caller,
  actor: Actor,
): Promise<Reader> {
  const own = new Map((await ownPages(db, workspaceId)).map(({ key, name }) => [key, name]));
  return {
    zone: actor.timezone,
    ritualName: (key) => own.get(key) ?? rituals.get(key)?.name ?? key,
    asking: (key) => rituals.get(key)?.asking,
    canRehearse: (key) => rituals.get(key)?.rehearse !== undefined,
  };
}

export async function showList(deps: CadenceDeps, caller: Caller, actor: Actor): Promise<Content> {
  return listBlocks(await listCadences(deps.db, caller.workspaceId), await readerOf(deps, caller, actor));
}

/** One cadence as it is now; `note` says what has just been done to it. */
export async function showCard(
  deps: CadenceDeps,
  caller: Caller,
  actor: Actor,
  id: number,
  note: string | null = null,
): Promise<Content> {
  const card = await readCadence(deps.db, caller.workspaceId, id);
  if (!card.ok) return plain(card.words);
  const { cadence } = card.value;
  const asked = await countAsked(deps, card.value);
  return cardBlocks(
    card.value,
    {
      ...(await readerOf(deps, caller, actor)),
      mayChange: mayChange(cadence, actor),
      asked,
      left: await whoLeft(deps.db, caller.workspaceId, id),
      readerId: actor.id,
    },
    note,
  );
}

export async function showHistory(
  deps: CadenceDeps,
  caller: Caller,
  actor: Actor,
  id: number,
  before: number | null,
): Promise<Content> {
  const history = await listHistory(deps.db, caller.workspaceId, id, before);
  return history.ok
    ? historyBlocks(history.value, await readerOf(deps, caller, actor))
    : plain(history.words);
}

/** How many people the next one would ask; null where its ritual cannot tell. */
export async function countAsked({ db, rituals }: CadenceDeps, card: CadenceCard): Promise<number | null> {
  const { cadence, times } = card;
  const next = times.find(({ skip }) => skip === null);
  const ritual = rituals.get(cadence.ritual);
  if (next === undefined || ritual?.whom === undefined) return null;
  const { people } = await ritual.whom(db, prospectOf(card, next));
  return people;
}

/** What the next run would say, shown to who may change the cadence and to nobody else. */
export async function showRehearsal(
  deps: CadenceDeps,
  caller: Caller,
  actor: Actor,
  id: number,
): Promise<Content> {
  const card = await readCadence(deps.db, caller.workspaceId, id);
  if (!card.ok) return plain(card.words);
  const { cadence, times, now } = card.value;
  const refusal = changeRefusal(cadence, actor);
  if (refusal !== null) return plain(refusal.words);
  const ritual = deps.rituals.get(cadence.ritual);
  const next = times.find(({ skip }) => skip === null);
  if (ritual?.rehearse === undefined) return plain('This ritual cannot be rehearsed.');
  if (next === undefined) return plain('Nothing of it is to come, so there is nothing to rehearse.');
  const rehearsal = await ritual.rehearse(deps.db, { ...prospectOf(card.value, next), name: next.slot.name });
  return rehearsalBlocks(rehearsal, { at: next.slot.at, now, zone: actor.timezone });
}

/**
 * Keeps what Slack says of a cadence's channel at this moment, for whoever decides by it. Slack that does not answer
 * in time leaves what was kept before.
 */
export async function refreshChannelOf(deps: CadenceDeps, caller: Caller, id: number): Promise<void> {
  const card = await readCadence(deps.db, caller.workspaceId, id);
  const slackId = card.ok ? card.value.cadence.channel.slackId : null;
  if (slackId !== null) await askSlack(deps, caller, slackId);
}

/** A channel as Slack has it now; null when it does not show it to Cairn, undefined when it does not answer in time. */
export async function askSlack(
  deps: CadenceDeps,
  { workspaceId }: Caller,
  slackId: string,
): Promise<KnownChannel | null | undefined> {
  const looked = lookUpChannel(deps, workspaceId, slackId).then((channel) => channel ?? null);
  const answer = await within(
    channelPatienceMs,
    looked.catch(() => undefined),
  );
  return answer?.value;
}
