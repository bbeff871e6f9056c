import { describe, expect, it } from 'vitest';
import { type CallError, outcomeOf } from '../../../src/delivery/core/outcome.ts';

const http = 'slack_webapi_http_error';
const request = 'slack_webapi_request_error';
const platform = 'slack_webapi_platform_error';
const limited = 'slack_webapi_rate_limited_error';

describe('a post', () => {
  it.each<[string, CallError]>([
    ['was refused for its rate', { code: limited, retryAfterSeconds: 7 }],
    [
      'was refused for its rate, as an error of the method',
      { code: platform, platformError: 'ratelimited', retryAfterSeconds: 7 },
    ],
    [
      "was refused for its rate, in chat.postMessage's own word",
      { code: platform, platformError: 'rate_limited', retryAfterSeconds: 7 },
    ],
  ])('that %s was not sent, and waits as long as Slack asks', (_, error) => {
    expect(outcomeOf(error)).toEqual({
      kind: 'not-sent',
      pauseMs: 7_000,
      reason: 'Slack asked to wait',
      askedToWait: true,
    });
  });

  it('that was refused for its rate without saying how long waits half a minute', () => {
    expect(outcomeOf({ code: limited })).toMatchObject({ kind: 'not-sent', pauseMs: 30_000 });
  });

  it('that was refused for its rate waits a second at least, even if Slack says none', () => {
    expect(outcomeOf({ code: limited, retryAfterSeconds: 0 })).toMatchObject({ pauseMs: 1_000 });
  });

  it.each([
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'missing_scope',
  ])('that was refused for the token waits until the operator has mended it: %s', (platformError) => {
    expect(outcomeOf({ code: platform, platformError })).toEqual({
      kind: 'not-sent',
      pauseMs: 300_000,
      reason: platformError,
    });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])(
    'that never had a connection was not sent: %s',
    (causeCode) => {
      expect(outcomeOf({ code: request, causeCode })).toEqual({
        kind: 'not-sent',
        pauseMs: 5_000,
        reason: causeCode,
      });
    },
  );

  it.each<[string, CallError]>([
    ['ECONNRESET', { code: request, causeCode: 'ECONNRESET' }],
    ['UND_ERR_SOCKET', { code: request, causeCode: 'UND_ERR_SOCKET' }],
    ['EPIPE', { code: request, causeCode: 'EPIPE' }],
    [request, { code: request }],
    [http, { code: http }],
    ['internal_error', { code: platform, platformError: 'internal_error' }],
    ['fatal_error', { code: platform, platformError: 'fatal_error' }],
    ['service_unavailable', { code: platform, platformError: 'service_unavailable' }],
    ['request_timeout', { code: platform, platformError: 'request_timeout' }],
    ['TypeError', { code: 'TypeError' }],
  ])('that may have been taken is unknown, and never sent again blindly: %s', (reason, error) => {
    expect(outcomeOf(error)).toEqual({ kind: 'unknown', reason });
  });

  it.each(['is_archived', 'not_in_channel', 'channel_not_found', 'invalid_blocks', 'msg_too_long'])(
    'that Slack will never take is dead, with its reason: %s',
    (platformError) => {
      expect(outcomeOf({ code: platform, platformError })).toEqual({ kind: 'dead', reason: platformError });
    },
  );
});
