import { randomBytes } from 'node:crypto';
import { isObject } from '../http.ts';
import { limits } from '../limits.ts';
import type { FaultKind } from '../state/faults.ts';
import { hasScope } from '../web-api/scopes.ts';
import type { World } from '../world.ts';
import type { Outcome } from './post.ts';
import { type Retry, sendToCairn } from './send.ts';

type EventEnvelope = { event: Record<string, unknown> } & Record<string, unknown>;

/** Scopes without which Slack sends no such event, whatever manifest.yml subscribes to. */
export const scopeOfEvent: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
};

/**
 * Sends an event if manifest.yml subscribes to it. Resolves after the first try, so that whoever caused it
 * sees its effect; the retries that Slack promises go on in the background. A fault may send it twice.
 */
export async function sendEvent(
  world: World,
  subscription: string,
  event: Record<string, unknown>,
): Promise<void> {
  if (!world.manifest.settings.event_subscriptions.bot_events.includes(subscription)) return;
  const scope = scopeOfEvent[subscription];
  if (scope !== undefined && !hasScope(world, scope)) return;
  const { team, bot } = world.workspace;
  const envelope = {
    token: 'fake-verification-token',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: bot.app_id,
    event: { ...event, event_ts: world.messages.nextTs() },
    type: 'event_callback',
    event_id: `Ev${randomBytes(6).toString('hex').toUpperCase()}`,
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.user_id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
  await deliver(world, envelope);
  const target = { name: subscription, channel: channelOf(event) };
  const again = world.faults.bite(['duplicate-events'], target);
  if (again !== undefined) await deliver(world, envelope, again.kind);
}

async function deliver(world: World, envelope: EventEnvelope, fault: FaultKind | null = null): Promise<void> {
  const first = await tryOnce(world, envelope, fault);
  if (!delivered(first)) world.background.run(retry(world, envelope, first, fault));
}

async function retry(
  world: World,
  envelope: EventEnvelope,
  failed: Outcome,
  fault: FaultKind | null,
): Promise<void> {
  let last = failed;
  for (const [index, waitMs] of limits.eventRetriesMs.entries()) {
    await world.waiting.pause(waitMs);
    last = await tryOnce(world, envelope, fault, { attempt: index + 1, reason: reasonOf(last) });
    if (delivered(last)) return;
  }
}

async function tryOnce(
  world: World,
  envelope: EventEnvelope,
  fault: FaultKind | null,
  again?: Retry,
): Promise<Outcome> {
  const began = world.now();
  const outcome = await sendToCairn(world, { type: 'events_api', payload: envelope }, again);
  const name = String(envelope.event['type'] ?? 'event');
  const answer = 'text' in outcome ? outcome.text : null;
  const { status } = outcome;
  world.journal.cross(
    { from: 'slack', kind: 'event', name, request: envelope, status, answer, fault },
    began,
  );
  world.changes.tell();
  return outcome;
}

/** Events name their conversation by its id, or show all of it. */
function channelOf({ channel }: Record<string, unknown>): string | null {
  const id = isObject(channel) ? channel['id'] : channel;
  return typeof id === 'string' ? id : null;
}

function delivered(outcome: Outcome): boolean {
  if (typeof outcome.status !== 'number') return false;
  return outcome.status < 300 || ('noRetry' in outcome && outcome.noRetry);
}

function reasonOf(outcome: Outcome): string {
  if (outcome.status === 'timeout') return 'http_timeout';
  return outcome.status === 'unreachable' ? 'connection_failed' : 'http_error';
}
