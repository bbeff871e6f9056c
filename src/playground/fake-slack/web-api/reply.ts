import type { FaultKind } from '../state/faults.ts';

/** What goes back to whoever called, and what the log keeps of it. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  answer: unknown;
  /** the fault that changed the answer, if one did */
  fault: FaultKind | null;
};

export function jsonReply(
  answer: Record<string, unknown>,
  { status = 200, headers = {}, fault = null }: Partial<Omit<Reply, 'body' | 'answer'>> = {},
): Reply {
  const type = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(answer), answer, fault };
}

export function textReply(status: number, text: string, fault: FaultKind | null = null): Reply {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: text,
    answer: text,
    fault,
  };
}

/** Slack's 429; `retryAfter` in whole seconds, null: without saying how long. */
export function tooMany(retryAfter: number | null, fault: FaultKind | null): Reply {
  const headers: Record<string, string> = retryAfter === null ? {} : { 'retry-after': String(retryAfter) };
  return jsonReply({ ok: false, error: 'ratelimited' }, { status: 429, headers, fault });
}
