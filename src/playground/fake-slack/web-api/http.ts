import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentTypeOf, isObject, parseJson, pathOf, readBody, sendJson } from '../http.ts';
import { answerResponseUrl } from '../people/responses.ts';
import type { World } from '../world.ts';
import { answerCall, scopesHeader } from './dispatch.ts';
import { answerUpload } from './uploads.ts';

/** Answers /api/METHOD and the response_urls, which live at /api/response/KEY. */
export async function answerApiRequest(
  world: World,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const path = pathOf(req).pathname;
  const key = /^\/api\/response\/([^/]+)$/.exec(path)?.[1];
  const upload = /^\/api\/upload\/([^/]+)$/.exec(path)?.[1];
  if (upload !== undefined) return answerUpload(world, upload, req, res);
  const body = await readBody(req);
  if (key !== undefined) {
    const { status, body: text } = await answerResponseUrl(world, key, parsedOr(body));
    res.writeHead(status, { 'content-type': text.startsWith('{') ? 'application/json' : 'text/plain' });
    res.end(text);
    return;
  }
  const name = path.slice('/api/'.length);
  const given = argumentsOf(contentTypeOf(req), body);
  if (typeof given === 'string') {
    world.journal.refuse({ method: name, error: given, messages: [], arguments: null });
    sendJson(res, 200, { ok: false, error: given });
    return;
  }
  const { token: tokenArgument, ...rest } = given;
  const bearer = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const token = bearer ?? (typeof tokenArgument === 'string' ? tokenArgument : undefined);
  const answer = await answerCall(world, { name, token, arguments: rest });
  sendJson(res, 200, answer, { 'x-oauth-scopes': scopesHeader(world) });
}

/** The arguments, or Slack's word for a body it cannot read. */
function argumentsOf(contentType: string, body: string): Record<string, unknown> | string {
  if (contentType === 'application/x-www-form-urlencoded' || body === '') {
    return Object.fromEntries(new URLSearchParams(body));
  }
  if (contentType !== 'application/json') return 'invalid_post_type';
  const value = parsedOr(body);
  if (value === undefined) return 'invalid_json';
  return isObject(value) ? value : 'json_not_object';
}

function parsedOr(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}
