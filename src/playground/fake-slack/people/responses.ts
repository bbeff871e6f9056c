import { z } from 'zod';
import { checkContent } from '../content.ts';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { Message, NewMessage } from '../state/messages.ts';
import { jsonReply, type Reply, textReply } from '../web-api/reply.ts';
import type { World } from '../world.ts';

const response = z.strictObject({
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
  mrkdwn: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
});

/** Whom and where a response is for, and the message on which they acted, if it was one. */
export type Asked = { user: string; channel: string; origin?: { channel: string; ts: string } | undefined };

/**
 * Does what a response to a command or an action asks for: a new message for one person or all, or a change of the
 * message that was acted on. It works where the bot is not a member, as in Slack. Throws Refusal.
 */
export async function applyResponse(
  world: World,
  asked: Asked,
  given: unknown,
): Promise<Message | undefined> {
  const parsed = response.safeParse(given);
  if (!parsed.success) throw new Refusal('invalid_payload', { messages: [z.prettifyError(parsed.error)] });
  const wanted = parsed.data;
  const original = asked.origin && world.messages.find(asked.origin.channel, asked.origin.ts);
  if (wanted.delete_original) {
    if (original !== undefined) world.messages.delete(original);
    if (wanted.text === undefined && wanted.blocks === undefined) return undefined;
  }
  const content = checkContent(world, wanted);
  if (content.text.length > limits.message.text) throw new Refusal('msg_too_long');
  if (wanted.replace_original && original !== undefined) {
    world.messages.edit(original, content, world.workspace.bot.user_id);
    return original;
  }
  const message: NewMessage = {
    ...content,
    channel: asked.channel,
    user: world.workspace.bot.user_id,
    at: (await world.companyNow()).toISOString(),
  };
  if (wanted.response_type === 'ephemeral') message.only_for = asked.user;
  if (wanted.thread_ts !== undefined) message.thread_ts = wanted.thread_ts;
  return world.messages.post(message);
}

/** Answers a POST to a response_url, as Slack does. */
export async function answerResponseUrl(world: World, key: string, given: unknown): Promise<Reply> {
  try {
    await applyResponse(world, world.responseUrls.use(key), given);
    return textReply(200, 'ok');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { error: word, messages } = error;
    world.journal.refuse({ method: 'response_url', error: word, messages, arguments: given });
    return word.endsWith('_url')
      ? jsonReply({ ok: false, error: word }, { status: 404 })
      : textReply(400, word);
  }
}
