import { LogLevel, WebAPIPlatformError, WebClient } from '@slack/web-api';
import { accepted, type Result, refused } from '../platform/core/result.ts';

/** Asks Slack whose the bot token is. Refuses, in one line, a token that Slack does not take, and silence. */
export async function askSlack(slack: {
  botToken: string;
  apiUrl: string | undefined;
}): Promise<Result<{ id: string; name: string }>> {
  const client = new WebClient(slack.botToken, {
    timeout: 10_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // The line below tells all; the client's own words would stand before it.
    logLevel: LogLevel.ERROR,
    ...(slack.apiUrl === undefined ? {} : { slackApiUrl: slack.apiUrl }),
  });
  try {
    const { team_id: id, team: name } = await client.auth.test();
    if (id === undefined)
      return refused('slack', 'Slack does not say which workspace SLACK_BOT_TOKEN is for.');
    return accepted({ id, name: name ?? id });
  } catch (error) {
    if (error instanceof WebAPIPlatformError) {
      return refused('slack', `Slack does not take SLACK_BOT_TOKEN (${error.data.error}). Check the token.`);
    }
    const words = `Slack cannot be asked which workspace SLACK_BOT_TOKEN is for (${rootCause(error)}). Try again later.`;
    return refused('slack', words);
  }
}

function rootCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return rootCause(error.cause);
  return 'code' in error ? String(error.code) : error.message;
}
