import { randomBytes } from 'node:crypto';
import { limits } from '../limits.ts';
import type { World } from '../world.ts';
import { type Outcome, postToCairn } from './post.ts';

/**
 * Sends an event if manifest.yml subscribes to it. Resolves after the first try, so that whoever caused it
 * sees its effect; the retries that Slack promises go on in the background.
 */
export async function sendEvent(
  world: World,
  subscription: string,
  event: Record<string, unknown>,
): Promise<void> {
  if (!world.manifest.settings.event_subscriptions.bot_events.includes(subscription)) return;
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
  const first = await tryOnce(world, envelope, {});
  if (delivered(first)) return;
  world.background.run(retry(world, envelope, first));
}

async function retry(world: World, envelope: { event: object }, failed: Outcome): Promise<void> {
  let last = failed;
  for (const [index, waitMs] of limits.eventRetriesMs.entries()) {
    await world.waiting.pause(waitMs);
    last = await tryOnce(world, envelope, {
      'x-slack-retry-num': String(index + 1),
      'x-slack-retry-reason': reasonOf(last),
    });
    if (delivered(last)) return;
  }
}

async function tryOnce(
  world: World,
  envelope: { event: object },
  headers: Record<string, string>,
): Promise<Outcome> {
  const body = JSON.stringify(envelope);
  const outcome = await postToCairn(world, body, 'application/json', limits.ack.waitMs, headers);
  const name = 'type' in envelope.event ? String(envelope.event.type) : 'event';
  world.journal.cross({
    from: 'slack',
    kind: 'event',
    name,
    request: envelope,
    status: outcome.status,
    answer: 'text' in outcome ? outcome.text : null,
  });
  world.changes.tell();
  return outcome;
}

function delivered(outcome: Outcome): boolean {
  if (typeof outcome.status !== 'number') return false;
  return outcome.status < 300 || ('noRetry' in outcome && outcome.noRetry);
}

function reasonOf(outcome: Outcome): string {
  if (outcome.status === 'timeout') return 'http_timeout';
  return outcome.status === 'unreachable' ? 'connection_failed' : 'http_error';
}
