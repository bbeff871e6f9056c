import type { CadenceCard } from '../../cadence/core/cadence.ts';
import { listCadences, listHistory, readCadence } from '../../cadence/operations.ts';
import { mayChange } from '../../cadence/permission.ts';
import { within } from '../../platform/core/within.ts';
import type { Caller } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import type { Actor } from '../people/core/person.ts';
import { type KnownChannel, lookUpChannel } from '../people/operations.ts';
import { cardBlocks, historyBlocks, listBlocks, type Reader } from './blocks.ts';
import type { CadenceDeps } from './deps.ts';

/** Slack is asked about a channel for so long: what follows has to be done within the three seconds of a request. */
const channelPatienceMs = 1_000;

export function readerOf({ rituals }: Pick<CadenceDeps, 'rituals'>, actor: Actor): Reader {
  return {
    zone: actor.timezone,
    ritualName: (key) => rituals.get(key)?.name ?? key,
    asking: (key) => rituals.get(key)?.asking,
  };
}

export async function showList(deps: CadenceDeps, caller: Caller, actor: Actor): Promise<Content> {
  return listBlocks(await listCadences(deps.db, caller.workspaceId), readerOf(deps, actor));
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
    { ...readerOf(deps, actor), mayChange: mayChange(cadence, actor), asked },
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
  return history.ok ? historyBlocks(history.value, readerOf(deps, actor)) : plain(history.words);
}

/** How many people the next one would ask; null where its ritual cannot tell. */
export async function countAsked(
  { db, rituals }: CadenceDeps,
  { cadence, times }: CadenceCard,
): Promise<number | null> {
  const next = times.find(({ skip }) => skip === null);
  const ritual = rituals.get(cadence.ritual);
  if (next === undefined || ritual?.whom === undefined) return null;
  const { people } = await ritual.whom(db, {
    workspaceId: cadence.workspaceId,
    cadenceId: cadence.id,
    cycle: cadence.cycle,
    local: next.slot.local,
    dueAt: next.slot.at,
    isAtMostDaily: cadence.period !== 'slot',
  });
  return people;
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
