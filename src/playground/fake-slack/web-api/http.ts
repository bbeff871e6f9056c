import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentTypeOf, isObject, parseJson, pathOf, readBody } from '../http.ts';
import { answerResponseUrl } from '../people/responses.ts';
import type { World } from '../world.ts';
import { answerCall, type Caller } from './dispatch.ts';
import { jsonReply } from './reply.ts';
import { conversationNamed } from './scopes.ts';
import { uploadCall } from './uploads.ts';
import { answerOnWire, type WireCall } from './wire.ts';

/** Answers /api/METHOD, the response_urls at /api/response/KEY, and uploads at /api/upload/TICKET. */
export async function answerApiRequest(
  world: World,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const path = pathOf(req).pathname;
  const key = /^\/api\/response\/([^/]+)$/.exec(path)?.[1];
  const upload = /^\/api\/upload\/([^/]+)$/.exec(path)?.[1];
  if (upload !== undefined) return answerOnWire(world, await uploadCall(world, upload, req), res);
  const body = await readBody(req);
  const call =
    key === undefined
      ? methodCall(world, path.slice('/api/'.length), req, body)
      : responseCall(world, key, body);
  await answerOnWire(world, call, res);
}

function responseCall(world: World, key: string, body: string): WireCall {
  const given = parsedOr(body);
  return {
    kind: 'response_url',
    name: 'response_url',
    channel: world.responseUrls.channelOf(key),
    request: given,
    answer: () => answerResponseUrl(world, key, given),
  };
}

function methodCall(world: World, name: string, req: IncomingMessage, body: string): WireCall {
  const given = argumentsOf(contentTypeOf(req), body);
  if (typeof given === 'string') {
    const unreadable = async () => {
      world.journal.refuse({ method: name, error: given, messages: [], arguments: null });
      return jsonReply({ ok: false, error: given });
    };
    return { kind: 'api', name, channel: null, request: null, answer: unreadable };
  }
  const { token, ...rest } = given;
  const channel = conversationNamed(world, rest['channel']);
  const caller = callerOf(req, token);
  const answer = () => answerCall(world, { name, caller, channel, arguments: rest });
  return { kind: 'api', name, channel, request: rest, answer };
}

function callerOf(req: IncomingMessage, argument: unknown): Caller {
  const bearer = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { token: bearer, from: 'header' };
  return typeof argument === 'string' ? { token: argument, from: 'argument' } : undefined;
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
