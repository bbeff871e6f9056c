import type { Outcome } from '../outbound/post.ts';
import { sendToCairn } from '../outbound/send.ts';
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

/** Sends an interaction to Cairn. */
export async function sendInteraction(world: World, payload: Record<string, unknown>): Promise<Outcome> {
  const began = world.now();
  const outcome = await sendToCairn(world, { type: 'interactive', payload });
  const name = String(payload['type']);
  const answer = 'text' in outcome ? outcome.text : null;
  const { status } = outcome;
  world.journal.cross({ from: 'slack', kind: 'interaction', name, request: payload, status, answer }, began);
  return outcome;
}
