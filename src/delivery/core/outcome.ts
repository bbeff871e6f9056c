/** What became of a call to Slack, for the delivery that made it. */
export type Outcome =
  | { kind: 'sent'; channel: string; ts: string }
  /** Provably not sent: try again after the pause. `askedToWait`: Slack said so, and may mean everybody. */
  | { kind: 'not-sent'; pauseMs: number; reason: string; askedToWait?: true }
  /** It may have been taken: never sent again blindly. */
  | { kind: 'unknown'; reason: string }
  /** Slack will never take it as it is. */
  | { kind: 'dead'; reason: string };

/** What the SDK threw, as far as it decides an outcome. */
export type CallError = {
  code: string;
  retryAfterSeconds?: number | undefined;
  platformError?: string | undefined;
  causeCode?: string | undefined;
  /** Set where the request had not begun to be written: nothing can have been taken. */
  neverBegan?: 'late' | 'unconnected' | undefined;
};

/** What became of a post that was given back, since it could have come too late. */
export const late: Outcome = { kind: 'not-sent', pauseMs: 0, reason: 'its turn had not come' };

const rateLimitPauseMs = 30_000;
const refusedPauseMs = 5_000;

/** Slack asks for whole seconds; "0" must not become a loop. */
const shortestPauseMs = 1_000;
const operatorPauseMs = 5 * 60_000;

/** The first is how Slack says it for every method, the second is chat.postMessage's own. */
const askingToWait = new Set(['ratelimited', 'rate_limited']);

/** Refused for the token, not for the message: it goes out when the operator has mended that. */
const operatorsTroubles = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'missing_scope',
]);

/** Slack's own troubles, said as an error of the method: whether the message was taken is not known. */
const slacksTroubles = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** Connections that never came to be, so that nothing can have been taken. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** Reads an error of a post. When in doubt it is unknown: a message that comes twice is worse than one that waits. */
export function outcomeOf(error: CallError): Outcome {
  if (error.neverBegan === 'late') return late;
  if (error.neverBegan === 'unconnected') {
    return { kind: 'not-sent', pauseMs: refusedPauseMs, reason: error.causeCode ?? 'no connection' };
  }
  if (error.code === 'slack_webapi_rate_limited_error' || askingToWait.has(error.platformError ?? '')) {
    const asked = error.retryAfterSeconds === undefined ? rateLimitPauseMs : error.retryAfterSeconds * 1000;
    return {
      kind: 'not-sent',
      pauseMs: Math.max(asked, shortestPauseMs),
      reason: 'Slack asked to wait',
      askedToWait: true,
    };
  }
  if (error.platformError !== undefined && operatorsTroubles.has(error.platformError)) {
    return { kind: 'not-sent', pauseMs: operatorPauseMs, reason: error.platformError };
  }
  if (error.platformError !== undefined) {
    return slacksTroubles.has(error.platformError)
      ? { kind: 'unknown', reason: error.platformError }
      : { kind: 'dead', reason: error.platformError };
  }
  if (error.causeCode !== undefined && neverConnected.has(error.causeCode)) {
    return { kind: 'not-sent', pauseMs: refusedPauseMs, reason: error.causeCode };
  }
  return { kind: 'unknown', reason: error.causeCode ?? error.code };
}

/** Words of Slack's that speak of the channel and not of the message. */
const channelsTroubles = new Set([
  'is_archived',
  'channel_not_found',
  'not_in_channel',
  'channel_is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
]);

/** Whether a channel is lost to Cairn, rather than the message wrong. */
export function isChannelLost(reason: string): boolean {
  return channelsTroubles.has(reason);
}
