import { z } from 'zod';
import { pointerTo } from '../blocks/problem.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import type { Answer } from './method.ts';
import { grantedScopes, needScope } from './scopes.ts';
import { methods } from './table.ts';

export type ApiCall = { name: string; token: string | undefined; arguments: Record<string, unknown> };

/** Answers one call as Slack does, and keeps it in the journal. Never throws for what the caller did wrong. */
export async function answerCall(world: World, call: ApiCall): Promise<Answer> {
  const answer = await attempt(world, call);
  world.journal.cross({
    from: 'cairn',
    kind: 'api',
    name: call.name,
    request: call.arguments,
    status: 200,
    answer,
  });
  if (answer['ok'] === true) world.changes.tell();
  return answer;
}

async function attempt(world: World, call: ApiCall): Promise<Answer> {
  try {
    return { ok: true, ...(await run(world, call)) };
  } catch (error) {
    const refusal = error instanceof z.ZodError ? wrongArguments(error) : error;
    if (!(refusal instanceof Refusal)) throw error;
    world.journal.refuse({
      method: call.name,
      error: refusal.error,
      messages: refusal.messages,
      arguments: call.arguments,
    });
    const { messages } = refusal;
    const words = messages.length > 0 ? { errors: messages, response_metadata: { messages } } : {};
    return { ok: false, error: refusal.error, ...words, ...refusal.extra };
  }
}

async function run(world: World, call: ApiCall): Promise<Answer> {
  const method = methods.get(call.name);
  if (method === undefined) throw new Refusal('unknown_method', { extra: { req_method: call.name } });
  if (call.token === undefined) throw new Refusal('not_authed');
  if (call.token !== world.connection.botToken) throw new Refusal('invalid_auth');
  for (const scope of method.scopes) needScope(world, scope);
  return method.run(world, call.arguments);
}

/** The scopes header that Slack adds to every answer. */
export function scopesHeader(world: World): string {
  return grantedScopes(world).join(',');
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
