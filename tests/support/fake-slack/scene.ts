import { type Logger, LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import type { AppManifest } from '../../../src/playground/fake-slack/manifest.ts';
import { type EchoBot, startEchoBot } from './echo-bot.ts';
import { type FakeSlackServer, type FakeSlackServerOptions, startFakeSlackServer } from './server.ts';

export type Scene = Pick<
  FakeSlackServer,
  'client' | 'slack' | 'url' | 'apiUrl' | 'botToken' | 'appToken' | 'signingSecret'
> & {
  bot: EchoBot;
  /** calls the fake as Cairn would */
  web: WebClient;
  /** machine time of the fake, which moves only by hand */
  time: { ms: number };
  close(): Promise<void>;
};

/** A manifest that stays as it is here, whatever manifest.yml grows into. */
const fixedManifest: AppManifest = {
  display_information: { name: 'Cairn' },
  features: {
    app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    slash_commands: ['/owner', '/checkin'].map((command) => ({
      command,
      description: `Does ${command}`,
      usage_hint: 'payments',
      should_escape: true,
    })),
    shortcuts: [],
  },
  oauth_config: {
    scopes: {
      bot: [
        'channels:history',
        'channels:read',
        'chat:write',
        'commands',
        'groups:read',
        'im:write',
        'team:read',
        'users:read',
        'users:read.email',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'channel_archive',
        'channel_created',
        'channel_left',
        'channel_rename',
        'member_joined_channel',
        'member_left_channel',
        'team_join',
        'user_change',
      ],
    },
    interactivity: { is_enabled: true },
  },
};

// Most calls here are refused on purpose, and the SDK would print every one.
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** The fake with a bot to answer it, at a machine time that stands still: nothing here ever waits. */
export async function startScene(options: FakeSlackServerOptions = {}): Promise<Scene> {
  const time = { ms: Date.parse('2026-10-05T07:00:00Z') };
  const bot = await startEchoBot();
  const { manifest = (it) => it, ...rest } = options;
  const fake = await startFakeSlackServer({
    requestUrl: bot.url,
    now: () => time.ms,
    ...rest,
    manifest: () => manifest(fixedManifest),
  });
  const web = quietClient(fake.botToken, fake.apiUrl);
  const { client, slack, url, apiUrl, botToken, appToken, signingSecret } = fake;
  const close = async () => {
    await Promise.all([fake.close(), bot.close()]);
  };
  return { client, slack, url, apiUrl, botToken, appToken, signingSecret, bot, web, time, close };
}

/** The SDK as Cairn uses it, without retries and without a word. */
export function quietClient(
  token: string,
  slackApiUrl: string,
  options: Pick<WebClientOptions, 'timeout' | 'rejectRateLimitedCalls'> = {},
): WebClient {
  return new WebClient(token, { slackApiUrl, retryConfig: { retries: 0 }, logger: silent, ...options });
}

/** What the Web API refused, or 'ok'; the SDK throws, and tests want the word. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof Error && 'data' in error && isAnswer(error.data)) return error.data.error;
    throw error;
  }
}

function isAnswer(data: unknown): data is { error: string } {
  return typeof data === 'object' && data !== null && 'error' in data;
}
