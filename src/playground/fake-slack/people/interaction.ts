import { limits } from '../limits.ts';
import { type Outcome, postToCairn } from '../outbound/post.ts';
import type { User } from '../state/workspace.ts';
import type { World } from '../world.ts';

/** What every interaction payload carries. */
export function interactionBase(world: World, type: string, user: User): Record<string, unknown> {
  const { team, bot } = world.workspace;
  return {
    type,
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: bot.app_id,
    token: 'fake-verification-token',
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Sends an interaction to Cairn, signed, as a form with one field. */
export async function sendInteraction(world: World, payload: Record<string, unknown>): Promise<Outcome> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const outcome = await postToCairn(world, body, 'application/x-www-form-urlencoded', limits.ack.waitMs);
  world.journal.cross({
    from: 'slack',
    kind: 'interaction',
    name: String(payload['type']),
    request: payload,
    status: outcome.status,
    answer: 'text' in outcome ? outcome.text : null,
  });
  return outcome;
}
