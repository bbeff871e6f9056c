import type { IncomingMessage, ServerResponse } from 'node:http';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Counting } from '../../platform/counting.ts';
import type { Log } from '../../platform/log.ts';
import type { InHand } from '../../platform/slack/in-hand.ts';
import type { PeopleDeps } from '../people/operations.ts';
import { admitTool } from './admitting-operations.ts';
import { describeApi } from './core/description.ts';
import { type AnswerOf, apiPath, descriptionPath, type EndpointName, endpoints } from './core/endpoints.ts';
import { type Asked, findEndpoint, readQuery } from './core/query.ts';
import { readObjective, readObjectives } from './okr-operations.ts';
import { answerOwner } from './owner-operations.ts';
import { readDecisions, readRoadmap } from './plan-operations.ts';
import { readRock, readRocks } from './rock-operations.ts';

export type ApiDeps = PeopleDeps & { workspaceId: string; log: Log; inHand: InHand; counting: Counting };

const methods = 'GET, HEAD, OPTIONS';
/** Of refusals; what is not named is a question that cannot be answered as it is. */
const statuses: Record<string, number> = {
  'no-token': 401,
  'unknown-token': 401,
  'revoked-token': 401,
  'unknown-path': 404,
  'not-found': 404,
  'wrong-method': 405,
  'too-many-requests': 429,
};

/** What each endpoint does for a question that was read. */
const answers: {
  [Name in EndpointName]: (deps: ApiDeps, asked: Asked) => Promise<Result<AnswerOf<Name>>>;
} = {
  owner: (deps, { given }) => answerOwner(deps, deps.workspaceId, given['q'] ?? ''),
  rocks: ({ db, workspaceId }, asked) => readRocks(db, workspaceId, asked),
  rock: ({ db, workspaceId }, asked) => readRock(db, workspaceId, asked),
  okrs: ({ db, workspaceId }, asked) => readObjectives(db, workspaceId, asked),
  okr: ({ db, workspaceId }, asked) => readObjective(db, workspaceId, asked),
  roadmap: ({ db, workspaceId }, asked) => readRoadmap(db, workspaceId, asked),
  decisions: ({ db, workspaceId }, asked) => readDecisions(db, workspaceId, asked),
};

/** What the log tells of a request: never what was asked, which may be a name or a secret. */
type Told = { endpoint: string | null; token: number | null };

/** Takes a request below `/api/v1/` and answers it in JSON: what was asked for, or an error with a code and words. */
export function answerApi(deps: ApiDeps, req: IncomingMessage, res: ServerResponse): void {
  const begun = performance.now();
  const told: Told = { endpoint: null, token: null };
  const answering = answer(deps, req, res, told)
    .catch((error: unknown) => {
      deps.log.error({ err: error, endpoint: told.endpoint }, 'a request to the API could not be answered');
      if (!res.headersSent) say(res, 500, problemOf(refused('broken', 'That went wrong here. Ask again.')));
    })
    .finally(() => {
      const { statusCode: status } = res;
      const ms = Math.round(performance.now() - begun);
      deps.counting.count('api_requests', { status: String(status) });
      deps.log.info({ method: req.method, ...told, status, ms }, 'a request to the API');
    });
  void deps.inHand.track(answering);
}

/** The answer while Cairn starts or ends. */
export function answerNotReady(res: ServerResponse): void {
  say(res, 503, problemOf(refused('not-ready', 'I am starting or ending. Ask again in a moment.')));
}

async function answer(deps: ApiDeps, req: IncomingMessage, res: ServerResponse, told: Told): Promise<void> {
  const { pathname, searchParams } = new URL(req.url ?? apiPath, 'http://cairn');
  const path = pathname.slice(apiPath.length);
  if (req.method === 'OPTIONS') {
    res.writeHead(204, { allow: methods, 'cache-control': 'no-store' }).end();
    return;
  }
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.setHeader('allow', methods);
    return refuse(res, refused('wrong-method', 'Nothing is changed here: ask with GET.'));
  }
  if (path === descriptionPath) {
    told.endpoint = descriptionPath;
    return say(res, 200, describeApi());
  }
  const { outcome, retryAfter } = await admitTool(deps.db, deps.workspaceId, req.headers.authorization);
  if (retryAfter !== undefined) res.setHeader('retry-after', String(retryAfter));
  if (!outcome.ok) return refuse(res, outcome);
  told.token = outcome.value.tokenId;
  const found = findEndpoint(path);
  if (!found.ok) return refuse(res, found);
  const { name, key } = found.value;
  told.endpoint = endpoints[name].path;
  const query = readQuery(endpoints[name], searchParams);
  const answered = query.ok ? await ask(deps, name, { key, ...query.value }) : query;
  if (answered.ok) say(res, 200, answered.value);
  else refuse(res, answered);
}

async function ask(deps: ApiDeps, name: EndpointName, asked: Asked): Promise<Result<object>> {
  const answered = await answers[name](deps, asked);
  return answered.ok ? accepted(answered.value) : answered;
}

function refuse(res: ServerResponse, refusal: Refusal): void {
  const status = statuses[refusal.code] ?? 400;
  if (status === 401) res.setHeader('www-authenticate', 'Bearer');
  say(res, status, problemOf(refusal));
}

function problemOf({ code, words }: Refusal): object {
  return { error: { code, words } };
}

/** Node leaves the body out where the method is HEAD. */
function say(res: ServerResponse, status: number, content: object): void {
  const body = `${JSON.stringify(content)}\n`;
  res
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
    })
    .end(body);
}
