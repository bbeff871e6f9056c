import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Slack's tokens, by their shape: one may arrive in an error's text from where nobody expected it. */
const tokens = /x(?:ox[a-z]|app)-[\w-]{6,}/g;
const hidden = '[hidden]';

/**
 * The log of the process: JSON lines on standard output (or `to`).
 * Whatever is written is searched for `secrets` and for anything shaped like a Slack token, as the last
 * step before it leaves, so that no caller has to remember to leave them out.
 */
export function createLog(level: string, secrets: string[], to?: DestinationStream): Log {
  const known = secrets.filter((secret) => secret.length >= 6);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: {
        streamWrite: (line) =>
          known.reduce((text, secret) => text.replaceAll(secret, hidden), line).replace(tokens, hidden),
      },
    },
    to ?? pino.destination({ dest: 1, sync: true }),
  );
}
