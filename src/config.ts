import { z } from 'zod';
import { isTimeZone } from './platform/core/time-zone.ts';

export type SlackConfig =
  | { mode: 'playground' }
  | { mode: 'http'; botToken: string; signingSecret: string; apiUrl: string | undefined }
  | { mode: 'socket'; botToken: string; appToken: string; apiUrl: string | undefined };

export type Config = {
  database: { kind: 'url'; url: string } | { kind: 'embedded'; dataDir: string };
  http: { host: string; port: number };
  slack: SlackConfig;
  /** The workspace's zone until one is set in Slack; null where the environment names none. */
  timezone: string | null;
  /** How fast Cairn speaks, and how long it waits for Slack's answer. */
  limits: { slackTimeoutMs: number; postsPerSecond: number };
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Read-only connection strings for key results' numbers, by the NAME of CAIRN_SQL_NAME. */
  sqlSources: Record<string, string>;
  /** Whether numbers may be read at addresses of private networks. */
  allowsPrivateNumbers: boolean;
  /** Values that must never be written to a log. */
  secrets: string[];
};

/** A workspace's zone where nobody names one. */
export const plainTimezone = 'UTC';

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

/** Only for installing in many workspaces, which a later version does. */
const installing = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'CAIRN_ENCRYPTION_KEY'];

function wholeNumber(name: string, least: number, most: number) {
  return z
    .string()
    .refine(
      (text) => /^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `${name} must be a whole number from ${least} to ${most}`,
    )
    .transform(Number);
}

const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL must start with postgres:// or postgresql://')
    .refine(
      (text) => decoded(text) !== null,
      'DATABASE_URL has a % that encodes nothing: write a percent sign as %25',
    )
    .optional(),
  CAIRN_DATA_DIR: z.string().default('.cairn'),
  HOST: z.string().optional(),
  PORT: z
    .string()
    .default('3000')
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65535,
      'PORT must be a number from 0 to 65535',
    )
    .transform(Number),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'SLACK_BOT_TOKEN must start with xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'SLACK_APP_TOKEN must start with xapp-').optional(),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: 'SLACK_API_URL must be an http or https address' })
    .refine((text) => text.endsWith('/api/'), 'SLACK_API_URL must end in /api/')
    .optional(),
  CAIRN_TIMEZONE: z
    .string()
    .refine(isTimeZone, 'CAIRN_TIMEZONE must be an IANA time zone, such as Europe/Berlin')
    .optional(),
  CAIRN_SLACK_TIMEOUT: wholeNumber('CAIRN_SLACK_TIMEOUT', 1, 30).default(10),
  CAIRN_MESSAGES_PER_SECOND: wholeNumber('CAIRN_MESSAGES_PER_SECOND', 1, 50).default(4),
  CAIRN_ALLOW_PRIVATE_NUMBERS: z
    .enum(['yes', 'no'], { error: 'CAIRN_ALLOW_PRIVATE_NUMBERS must be yes or no' })
    .default('no'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
});
type Environment = z.output<typeof environment>;

/** Reads the environment: a whole configuration, or every problem with it, a line each. Empty means unset. */
export function readConfig(env: Record<string, string | undefined>): ConfigResult {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
  problems.push(...slackProblems(given));

  const sqlSources: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith('CAIRN_SQL_') && value !== undefined)
      sqlSources[name.slice('CAIRN_SQL_'.length)] = value;
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems };

  const values = parsed.data;
  const slack = slackConfig(values);
  const host = values.HOST ?? (slack.mode === 'playground' ? '127.0.0.1' : '0.0.0.0');
  return {
    ok: true,
    config: {
      database:
        values.DATABASE_URL === undefined
          ? { kind: 'embedded', dataDir: values.CAIRN_DATA_DIR }
          : { kind: 'url', url: values.DATABASE_URL },
      http: { host, port: values.PORT },
      slack,
      timezone: values.CAIRN_TIMEZONE ?? null,
      limits: {
        slackTimeoutMs: values.CAIRN_SLACK_TIMEOUT * 1000,
        postsPerSecond: values.CAIRN_MESSAGES_PER_SECOND,
      },
      logLevel: values.LOG_LEVEL,
      sqlSources,
      allowsPrivateNumbers: values.CAIRN_ALLOW_PRIVATE_NUMBERS === 'yes',
      secrets: secretsIn(values, sqlSources),
    },
  };
}

/** Reads `.env` of the current folder, if there is one, and then the process's environment, which wins. */
export function readProcessConfig(): ConfigResult {
  try {
    process.loadEnvFile();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code !== 'ENOENT')
      return {
        ok: false,
        problems: [`.env cannot be read (${code}): it must be a text file that this user may read`],
      };
  }
  return readConfig(process.env);
}

function slackProblems(env: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  const has = (name: string): boolean => env[name] !== undefined;

  for (const name of installing.filter(has)) {
    problems.push(`${name} is for installing in many workspaces, which this version cannot do yet: unset it`);
  }
  if (has('SLACK_BOT_TOKEN') && !has('SLACK_SIGNING_SECRET') && !has('SLACK_APP_TOKEN')) {
    problems.push(
      'SLACK_BOT_TOKEN is set, so SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) must be set too',
    );
  }
  for (const name of ['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'SLACK_API_URL'].filter(has)) {
    if (!has('SLACK_BOT_TOKEN')) problems.push(`${name} is set, so SLACK_BOT_TOKEN must be set too`);
  }
  return problems;
}

function slackConfig(values: Environment): SlackConfig {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = values;
  const apiUrl = values.SLACK_API_URL;
  if (botToken !== undefined && appToken !== undefined) return { mode: 'socket', botToken, appToken, apiUrl };
  if (botToken !== undefined && signingSecret !== undefined)
    return { mode: 'http', botToken, signingSecret, apiUrl };
  return { mode: 'playground' };
}

function secretsIn(values: Environment, sqlSources: Record<string, string>): string[] {
  const urls = [values.DATABASE_URL, ...Object.values(sqlSources)].filter((url) => url !== undefined);
  const passwords = urls.flatMap(passwordsIn);
  const tokens = [values.SLACK_BOT_TOKEN, values.SLACK_APP_TOKEN, values.SLACK_SIGNING_SECRET];
  return [...tokens, ...passwords, ...passwords.map(decoded)].filter(
    (secret): secret is string => secret !== undefined && secret !== null && secret !== '',
  );
}

/** As they are written: before the `@` or among the parameters. What is no address is a secret as a whole. */
function passwordsIn(url: string): string[] {
  if (!URL.canParse(url)) return [url];
  const { password, search } = new URL(url);
  return [password, ...Array.from(search.matchAll(/[?&]password=([^&]*)/g), (match) => match[1] ?? '')];
}

/** Null where a `%` is not followed by what it encodes. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
