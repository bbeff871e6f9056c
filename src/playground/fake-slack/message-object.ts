import { fileObject } from './file-object.ts';
import type { Message } from './state/messages.ts';
import type { World } from './world.ts';

/** A message as Slack shows it in answers, histories and interactions. */
export function messageObject(world: World, message: Message, withMetadata = false): Record<string, unknown> {
  const { workspace } = world;
  const replies = message.thread_ts === undefined ? world.messages.replies(message.channel, message.ts) : [];
  const last = replies.at(-1);
  const fromBot = message.user === workspace.bot.user_id;
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: workspace.team.id,
    ...(fromBot ? { bot_id: workspace.bot.bot_id, app_id: workspace.bot.app_id } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.files === undefined ? {} : { files: filesOf(world, message.files), upload: false }),
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...(last === undefined
      ? {}
      : {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          latest_reply: last.ts,
        }),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

function filesOf(world: World, ids: readonly string[]): Record<string, unknown>[] {
  return ids.flatMap((id) => world.files.findComplete(id) ?? []).map((file) => fileObject(world, file));
}
