import { z } from 'zod';
import { pointerTo } from '../blocks/problem.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { emptied, withoutLater } from './empty-page.ts';
import type { Answer, Method } from './method.ts';
import { jsonReply, type Reply, tooMany } from './reply.ts';
import { grantedScopes, needScope } from './scopes.ts';
import { methods } from './table.ts';

/** Who calls: Slack takes an app-level token from the header alone. */
export type Caller = { token: string; from: 'header' | 'argument' } | undefined;

export type ApiCall = {
  name: string;
  caller: Caller;
  channel: string | null;
  arguments: Record<string, unknown>;
};

/** Answers one call as Slack does. Never throws for what the caller did wrong: that is kept in the journal. */
export async function answerCall(world: World, call: ApiCall): Promise<Reply> {
  // The scopes stand in every answer, as they are when it is given.
  const accepted = acceptedScopes(methods.get(call.name));
  const headers = () => ({ 'x-oauth-scopes': grantedScopes(world).join(','), ...accepted });
  try {
    const { answer, isEmptied } = await run(world, call);
    return jsonReply(
      { ok: true, ...answer },
      { headers: headers(), fault: isEmptied ? 'empty-pages' : null },
    );
  } catch (error) {
    const refusal = error instanceof z.ZodError ? wrongArguments(error) : error;
    if (!(refusal instanceof Refusal)) throw error;
    const { error: word, messages, fault } = refusal;
    // What a fault brought about is nobody's mistake.
    if (fault === null) {
      world.journal.refuse({ method: call.name, error: word, messages, arguments: call.arguments });
    }
    if (refusal.retryAfter !== null) return tooMany(refusal.retryAfter, fault);
    const words = messages.length > 0 ? { errors: messages, response_metadata: { messages } } : {};
    return jsonReply({ ok: false, error: word, ...words, ...refusal.extra }, { headers: headers(), fault });
  }
}

/** Slack names the scopes with which a method may be called; for those that need none it says nothing. */
function acceptedScopes(method: Method | undefined): Record<string, string> {
  const scopes = method?.oneOf ?? method?.scopes ?? [];
  return scopes.length === 0 ? {} : { 'x-accepted-oauth-scopes': scopes.join(',') };
}

async function run(world: World, call: ApiCall): Promise<{ answer: Answer; isEmptied: boolean }> {
  const method = methods.get(call.name);
  if (method === undefined) throw new Refusal('unknown_method', { extra: { req_method: call.name } });
  needToken(world, method, call.caller);
  needTurn(world, method, call);
  for (const scope of method.scopes) needScope(world, scope);
  const { given, isLater } = withoutLater(call.arguments);
  const answer = await method.run(world, given);
  const empty = isLater ? undefined : emptied(answer, given);
  const target = { name: call.name, channel: call.channel };
  if (empty === undefined || world.faults.bite(['empty-pages'], target) === undefined) {
    return { answer, isEmptied: false };
  }
  return { answer: empty, isEmptied: true };
}

function needToken({ connection }: World, method: Method, caller: Caller): void {
  if (caller === undefined) throw new Refusal('not_authed');
  const isApp = caller.token === connection.appToken && caller.from === 'header';
  if (!isApp && caller.token !== connection.botToken) throw new Refusal('invalid_auth');
  if (isApp !== (method.token === 'app')) throw new Refusal('not_allowed_token_type');
}

function needTurn(world: World, method: Method, { name, channel }: ApiCall): void {
  const exceeded = world.rates.take(name, method.tier, channel);
  if (exceeded === undefined) return;
  world.holds.put({ method: name, channel: exceeded.channel }, exceeded.seconds, null);
  throw new Refusal('ratelimited', { retryAfter: exceeded.seconds });
}

function wrongArguments(error: z.ZodError): Refusal {
  const messages = error.issues.flatMap((issue) => {
    const at = pointerTo(issue.path);
    if (issue.code !== 'unrecognized_keys') {
      const missing = issue.message.endsWith('received undefined');
      const words = missing ? `missing required field: ${String(issue.path.at(-1))}` : issue.message;
      return [`[ERROR] ${words} [json-pointer:${at}]`];
    }
    return issue.keys.map((key) => `[ERROR] no such argument: ${key} [json-pointer:${at}/${key}]`);
  });
  return new Refusal('invalid_arguments', { messages });
}
