import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { PlaygroundClock } from '../../clock.ts';
import { contentTypeOf, isLoopbackHost, parseJson, pathOf, readBody, sendJson } from '../http.ts';
import { actor } from '../people/person.ts';
import { CannotDo } from '../refusal.ts';
import { type Company, companies } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { acts } from './acts.ts';
import { changeClock, clockSeen } from './clock.ts';
import { answerAttach, sendFile } from './files.ts';
import { misbehaviourSeen } from './misbehaviour.ts';
import { messagesSeen, seenBy } from './seen.ts';
import type { Stream } from './stream.ts';

export type Control = {
  world: World;
  clock: PlaygroundClock | undefined;
  stream: Stream;
  reset: () => void;
  /** absent where there is no Cairn that could begin anew as well */
  beginWith: BeginWith | undefined;
};

/** Begins anew, Cairn and all, with this company; what it refuses it says in words. */
export type BeginWith = (company: Company) => Promise<{ ok: true } | { ok: false; words: string }>;

const beginning = z.strictObject({ company: z.enum(companies, `company is ${companies.join(' or ')}`) });

const limitWords = 'limit is a whole number from 1';
const afterWords = 'after is the id of a crossing';
/** Of the log: those after an id, and how many. */
const span = z.strictObject({
  after: z.coerce.number(afterWords).int(afterWords).optional(),
  limit: z.coerce.number(limitWords).int(limitWords).min(1, limitWords).optional(),
});

/** Answers /_fake/…: JSON in and out, errors in words. */
export async function answerControlRequest(
  control: Control,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const name = pathOf(req).pathname.slice('/_fake/'.length);
  if (!isLoopbackHost(req)) return refuse(res, 403, 'the playground answers only on this machine');
  try {
    if (req.method === 'GET' && name === 'stream') return control.stream.add(res);
    if (req.method === 'GET') return await answerGet(control, name, pathOf(req).searchParams, res);
    if (req.method !== 'POST') return refuse(res, 405, 'GET or POST');
    if (name === 'attach') return await answerAttach(control.world, req, res);
    // A form on a foreign page can post anything but JSON; asking for JSON keeps it out.
    if (contentTypeOf(req) !== 'application/json')
      return refuse(res, 415, 'content-type must be application/json');
    await answerPost(control, name, await jsonIn(req), res);
  } catch (error) {
    if (error instanceof z.ZodError) return refuse(res, 400, z.prettifyError(error));
    if (error instanceof CannotDo) return refuse(res, 400, error.message);
    throw error;
  }
}

async function answerGet(
  control: Control,
  name: string,
  query: URLSearchParams,
  res: ServerResponse,
): Promise<void> {
  const { world } = control;
  const file = /^files\/(F[A-Z0-9]+)$/.exec(name)?.[1];
  if (file !== undefined) return sendFile(world, file, res);
  switch (name) {
    case 'state': {
      const user = actor(world, query.get('as') ?? '');
      const limit = query.has('limit')
        ? z.coerce.number().int().min(1).max(1_000).parse(query.get('limit'))
        : undefined;
      const asked = query.get('channel');
      const channel = asked === null ? undefined : (world.workspace.findChannel(asked)?.id ?? asked);
      return sendJson(
        res,
        200,
        seenBy(world, user, { channel, before: query.get('before') ?? undefined, limit }),
      );
    }
    case 'messages': {
      const channel =
        world.workspace.findChannel(query.get('in') ?? '') ?? directOf(world, query.get('in') ?? '');
      if (channel === undefined) throw new CannotDo(`there is no channel called ${query.get('in')}`);
      return sendJson(res, 200, { messages: messagesSeen(world, world.messages.everything(channel.id)) });
    }
    case 'people':
      return sendJson(res, 200, { people: world.workspace.people() });
    case 'log': {
      const { after, limit } = span.parse(Object.fromEntries(query));
      return sendJson(res, 200, { log: world.journal.log({ after, limit }) });
    }
    case 'refused':
      return sendJson(res, 200, { refused: world.journal.refusals.toArray() });
    case 'faults':
      return sendJson(res, 200, misbehaviourSeen(world));
    case 'clock':
      return sendJson(res, 200, await clockSeen(control));
    default:
      return refuse(res, 404, `no such thing: GET /_fake/${name}`);
  }
}

async function answerPost(control: Control, name: string, body: unknown, res: ServerResponse): Promise<void> {
  if (name === 'reset') {
    control.reset();
    await control.world.keeper.kept();
    return sendJson(res, 200, { ok: true });
  }
  if (name === 'begin') {
    if (control.beginWith === undefined) return refuse(res, 409, 'there is no Cairn here to begin anew');
    const begun = await control.beginWith(beginning.parse(body).company);
    return begun.ok ? sendJson(res, 200, { ok: true }) : refuse(res, 409, begun.words);
  }
  const turned = await changeClock(control, name, body);
  if (turned?.ok === false) return refuse(res, 409, turned.words);
  if (turned !== undefined) return sendJson(res, 200, { ok: true, ...(await clockSeen(control)) });
  const act = acts.get(name);
  if (act === undefined) return refuse(res, 404, `no such thing: POST /_fake/${name}`);
  const done = await act.run(control.world, body);
  await control.world.keeper.kept();
  sendJson(res, 200, done);
}

/** `@ana` or `ana`: her direct channel with the bot, for tests that look over her shoulder. */
function directOf(world: World, reference: string) {
  const user = world.workspace.findUser(reference);
  return user === undefined ? undefined : world.workspace.openDirect(user);
}

async function jsonIn(req: IncomingMessage): Promise<unknown> {
  const text = await readBody(req);
  try {
    return text === '' ? {} : parseJson(text);
  } catch {
    throw new CannotDo('the body is not JSON');
  }
}

function refuse(res: ServerResponse, status: number, words: string): void {
  sendJson(res, status, { ok: false, words });
}
