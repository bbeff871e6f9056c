import { ErrorCode, type WebClient } from '@slack/web-api';
import { offWithout, optionalScopes } from '../../features/health/core/optional-scopes.ts';
import { type Finding, mend, note, well } from './finding.ts';

/** What Slack says of the bot's token, and the header that comes with it. */
export type SlackAnswer = {
  workspaceId: string;
  workspaceName: string;
  botName: string;
  /** Null: Slack has not said. */
  scopes: ReadonlySet<string> | null;
  /** Slack's clock less this machine's, in seconds; null: Slack has not said what time it is. */
  aheadSeconds: number | null;
};

const manage = 'at https://api.slack.com/apps under OAuth & Permissions';

/** Asks Slack whose token it is. `date` reads the header of the answer, as the client's fetch has kept it. */
export async function askSlack(
  client: WebClient,
  date: () => string | null,
): Promise<{ answer: SlackAnswer | null; finding: Finding }> {
  const about = 'Bot token';
  try {
    const { team_id, team, user, response_metadata } = await client.auth.test();
    if (team_id === undefined) return { answer: null, finding: mend(about, wrongToken('no workspace')) };
    const scopes = response_metadata?.scopes;
    const said = date();
    const answer = {
      workspaceId: team_id,
      workspaceName: team ?? team_id,
      botName: user ?? 'the bot',
      scopes: scopes === undefined ? null : new Set(scopes),
      aheadSeconds: said === null ? null : (Date.parse(said) - Date.now()) / 1_000,
    };
    return { answer, finding: well(about, `${answer.botName} in ${answer.workspaceName} (${team_id})`) };
  } catch (error) {
    return { answer: null, finding: mend(about, troubleWords(error)) };
  }
}

function troubleWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === ErrorCode.PlatformError) return wrongToken(reasonOf(error));
  return `Slack does not answer (${reasonOf(error)}). Check that this machine reaches https://slack.com, and SLACK_API_URL if it is set.`;
}

/** Slack's own word, where the SDK's sentence has one. */
function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return /occurred: (\w+)/.exec(words)?.[1] ?? words;
}

function wrongToken(why: string): string {
  return `Slack does not accept SLACK_BOT_TOKEN (${why}). Copy the Bot User OAuth Token ${manage}.`;
}

/** The token with which Cairn opens its socket. Slack gives an address for one, which nothing is done with. */
export async function checkAppToken(client: WebClient): Promise<Finding> {
  const about = 'App token';
  try {
    await client.apps.connections.open();
    return well(about, 'Slack opens a socket with it, so no request URL is needed');
  } catch (error) {
    return mend(
      about,
      `Slack opens no socket with SLACK_APP_TOKEN (${reasonOf(error)}). At https://api.slack.com/apps switch Socket Mode on, and make an app-level token with the scope connections:write.`,
    );
  }
}

/** What the manifest asks for beside what Slack grants. */
export function checkScopes(asked: readonly string[], granted: SlackAnswer['scopes']): Finding[] {
  const about = 'Scopes';
  if (granted === null) return [note(about, 'Slack did not say which it grants')];
  const optional = optionalScopes.map(({ scope }) => scope);
  const missing = asked.filter((scope) => !granted.has(scope) && !optional.includes(scope));
  const off = offWithout(granted).filter(({ scope }) => asked.includes(scope));
  const needed =
    missing.length === 0
      ? well(about, 'all that Cairn needs are granted')
      : mend(
          about,
          `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. Add ${missing.length === 1 ? 'it' : 'them'} ${manage}, then install the app again.`,
        );
  return [needed, ...off.map(({ scope, off: words }) => note(about, `${scope} is left out. ${words}`))];
}

/** Slack's own requests are refused when they are older than five minutes by this machine's clock. */
const worstSeconds = 240;
const oddSeconds = 30;

/** This machine's clock beside another one. */
export function checkClock(whose: string, aheadSeconds: number): Finding {
  const about = 'Clock';
  const seconds = Math.round(Math.abs(aheadSeconds));
  const way = aheadSeconds > 0 ? 'behind' : 'ahead of';
  if (seconds <= oddSeconds) return well(about, `within ${Math.max(seconds, 1)} s of ${whose}`);
  const words = `this machine is ${seconds} s ${way} ${whose}`;
  return seconds >= worstSeconds
    ? mend(
        about,
        `${words}, and requests of Slack are refused from 300 s on. Let the system set its clock (timedatectl set-ntp true).`,
      )
    : note(about, `${words}; from 300 s on requests of Slack are refused`);
}
