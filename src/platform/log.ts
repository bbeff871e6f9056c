import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Slack's tokens, by their shape: one may arrive in an error's text from where nobody expected it. */
const tokens = /x(?:ox[a-z]|app)-[\w-]{6,}/g;
/** A password in an address, which is known by its place however short it is. */
const passwords = /(:\/\/[^\s/?#@:"]*:)[^\s/?#@"]+(?=@)/g;
/** Cairn's own, with which other tools read from it, ... */
const apiTokens = /cairn_[\w-]{43}/g;
/** ... and whatever else somebody sent as an authorization: the value of a field, or what stands behind the word. */
const authorizations = [
  /(authorization\\*["']\s*:\s*\[?\\*["'](?:(?:bearer|basic)\s+)?)[^\s"'\\]+/gi,
  /(\bauthorization\s*[:=]\s*(?:(?:bearer|basic)\s+)?)[^\s"'\\,]+/gi,
] as const;
const hidden = '[hidden]';

/**
 * The log of the process: JSON lines on standard output (or `to`).
 * Whatever is written is searched for `secrets` and for anything shaped like a token of Slack's or ours, as the last
 * step before it leaves, so that no caller has to remember to leave them out.
 */
export function createLog(level: string, secrets: string[], to?: DestinationStream): Log {
  const known = secrets
    .filter((secret) => secret.length >= 6)
    // As they stand in a line of JSON; the longest first, since one may be the beginning of another.
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .sort((a, b) => b.length - a.length);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: {
        streamWrite: (line) =>
          known
            .reduce((text, secret) => text.replaceAll(secret, hidden), line)
            .replace(tokens, hidden)
            .replace(apiTokens, hidden)
            .replace(authorizations[0], `$1${hidden}`)
            .replace(authorizations[1], `$1${hidden}`)
            .replace(passwords, `$1${hidden}`),
      },
    },
    to ?? pino.destination({ dest: 1, sync: true }),
  );
}
