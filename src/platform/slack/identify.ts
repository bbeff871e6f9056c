import { setTimeout as pause } from 'node:timers/promises';
import { ErrorCode, type WebClient } from '@slack/web-api';
import { StartRefusal } from '../start-refusal.ts';
import type { Installation } from './connection.ts';

/** Slack may be away for a moment while a machine starts; what it refuses stays refused. */
const pausesMs = [500, 1_500, 3_000];

/**
 * Asks Slack which workspace the token is for. Throws `StartRefusal` when Slack does not accept the token, and
 * when it cannot be reached after a few tries.
 */
export async function identify(client: WebClient): Promise<Installation> {
  const answer = await askWhoWeAre(client);
  if (answer.team_id === undefined) {
    throw new StartRefusal('Slack did not say which workspace SLACK_BOT_TOKEN is for.');
  }
  return {
    workspaceId: answer.team_id,
    workspaceName: answer.team ?? answer.team_id,
    botId: answer.bot_id,
    botUserId: answer.user_id,
  };
}

async function askWhoWeAre(client: WebClient): ReturnType<WebClient['auth']['test']> {
  for (const pauseMs of [...pausesMs, null]) {
    try {
      return await client.auth.test();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (error instanceof Error && 'code' in error && error.code === ErrorCode.PlatformError) {
        throw new StartRefusal(`Slack did not accept SLACK_BOT_TOKEN (${why}).`);
      }
      if (pauseMs === null) {
        throw new StartRefusal(
          `Slack could not be reached (${why}). Check the network, and SLACK_API_URL if it is set.`,
        );
      }
      await pause(pauseMs);
    }
  }
  throw new Error('the last try returns or throws');
}
