import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database } from '../../platform/db/database.ts';
import type { Log } from '../../platform/log.ts';
import type { InHand } from '../../platform/slack/in-hand.ts';
import { takeNumber } from './webhook-operations.ts';

/** Where webhooks post; the source's token follows. */
export const webhookPath = '/api/v1/metrics/';

/** A number and a time are some 60 bytes. */
const bodyLimit = 4 * 1024;

const statuses: Record<string, number> = {
  unknown: 404,
  unsigned: 401,
  old: 401,
  unreadable: 400,
  replayed: 409,
  over: 409,
  'too-many': 429,
};

export type WebhookDeps = { db: Database; workspaceId: string; log: Log; inHand: InHand };

/** Takes a request below `/api/v1/metrics/` and answers it in JSON: what was kept, or an error in words. */
export function answerWebhook(deps: WebhookDeps, req: IncomingMessage, res: ServerResponse): void {
  const answering = answer(deps, req, res).catch((error: unknown) => {
    // Whoever hung up in the middle of the body is told nothing.
    if (req.destroyed && !req.complete) return;
    deps.log.error({ err: error }, 'a number that was posted could not be taken');
    if (!res.headersSent)
      answerJson(res, 500, { error: 'That went wrong here. Send it again, signed anew.' });
  });
  void deps.inHand.track(answering);
}

async function answer(
  { db, workspaceId }: WebhookDeps,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.method !== 'POST') {
    res.setHeader('allow', 'POST');
    return answerJson(res, 405, { error: 'Post a number here: {"value": 12.5}.' });
  }
  const body = Number(req.headers['content-length'] ?? 0) > bodyLimit ? null : await readText(req);
  if (body === null) {
    // The rest of the body is not read, so the connection cannot be used again.
    res.setHeader('connection', 'close');
    return answerJson(res, 413, { error: 'The body is too large: a number needs no more than 4 kB.' });
  }
  const token = (req.url ?? '').slice(webhookPath.length).split('?')[0] ?? '';
  const signed = {
    timestamp: header(req, 'x-cairn-request-timestamp'),
    signature: header(req, 'x-cairn-signature'),
  };
  const taken = await takeNumber(db, workspaceId, { token, body, ...signed }, Date.now());
  if (taken.ok) answerJson(res, 200, { value: taken.value.value, at: taken.value.at.toString() });
  else answerJson(res, statuses[taken.code] ?? 400, { error: taken.words });
}

/** The whole body, or null when it is too large. */
async function readText(req: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of req) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > bodyLimit) return null;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

function header(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function answerJson(res: ServerResponse, status: number, content: object): void {
  res
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(`${JSON.stringify(content)}\n`);
}
