import { z } from 'zod';
import { fileObject } from '../file-object.ts';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { StoredFile } from '../state/files.ts';
import type { Channel } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { count, json, method } from './method.ts';
import { visibleChannel } from './scopes.ts';

const wantedFiles = z
  .array(
    z.strictObject({ id: z.string(), title: z.string().optional(), highlight_type: z.string().optional() }),
  )
  .min(1);

export const fileMethods = {
  'files.getUploadURLExternal': method(
    { tier: 'T4', scopes: ['files:write'] },
    {
      filename: z.string().min(1),
      length: z.coerce.number().int().min(0),
      // Slack's reference says alt_txt, its own SDK sends alt_text.
      alt_txt: z.string().optional(),
      alt_text: z.string().optional(),
      snippet_type: z.string().optional(),
    },
    (world, args) => {
      const alt_text = args.alt_txt ?? args.alt_text ?? '';
      if (args.length === 0) throw new Refusal('missing_argument');
      if (args.length > limits.file.bytes) throw new Refusal('file_upload_size_restricted');
      if (alt_text.length > limits.file.altText) throw new Refusal('alt_txt_too_large');
      if (args.snippet_type !== undefined) throw new Refusal('unknown_snippet_type');
      const { filename: name, length: size } = args;
      const user = world.workspace.bot.user_id;
      const { file, ticket } = world.files.ask({ user, name, size, alt_text });
      return { upload_url: `${world.connection.publicUrl()}/api/upload/${ticket}`, file_id: file.id };
    },
  ),
  'files.completeUploadExternal': method(
    { tier: 'T4', scopes: ['files:write'] },
    {
      files: json.pipe(wantedFiles),
      channel_id: z.string().optional(),
      channels: z.string().optional(),
      thread_ts: z.string().optional(),
      initial_comment: z.string().optional(),
      blocks: json.optional(),
    },
    async (world, { files: wanted, ...sharing }) => {
      const target = sharingTarget(world, sharing);
      const found = wanted.map(({ id, title }) => ({ file: received(world, id), title }));
      for (const { file, title } of found) world.files.complete(file, title);
      const files = found.map(({ file }) => file);
      if (target !== undefined) await postFiles(world, target, files);
      return { files: files.map((file) => fileObject(world, file)) };
    },
  ),
  'files.info': method(
    { tier: 'T4', scopes: ['files:read'] },
    { file: z.string(), cursor: z.string().optional(), limit: count, count, page: count },
    (world, args) => {
      const file = world.files.findComplete(args.file);
      if (file === undefined) throw new Refusal('file_not_found');
      return { file: fileObject(world, file), comments: [], response_metadata: { next_cursor: '' } };
    },
  ),
};

function received(world: World, id: string): StoredFile {
  const file = world.files.find(id);
  if (file?.state !== 'received') throw new Refusal('file_not_found');
  return file;
}

type Sharing = {
  channel_id?: string | undefined;
  channels?: string | undefined;
  thread_ts?: string | undefined;
  initial_comment?: string | undefined;
  blocks?: unknown;
};
type Target = { channel: Channel; thread_ts?: string | undefined; text: string };

/**
 * Where Slack posts the files as a message: in one channel by its id, a thread of it if one is named. Several
 * channels, and blocks beside the files, Cairn has no use for: here they are a mistake.
 */
function sharingTarget(world: World, given: Sharing): Target | undefined {
  const messages = Object.entries({ channels: given.channels, blocks: given.blocks })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `[ERROR] the fake shares in one channel_id, with words alone [json-pointer:/${name}]`);
  if (messages.length > 0) throw new Refusal('invalid_arguments', { messages });
  if (given.channel_id === undefined) return undefined;
  const channel = visibleChannel(world, given.channel_id);
  if (channel.is_archived) throw new Refusal('is_archived');
  if (!world.workspace.botIsIn(channel)) throw new Refusal('not_in_channel');
  const { thread_ts, initial_comment: text = '' } = given;
  if (thread_ts !== undefined && world.messages.find(channel.id, thread_ts) === undefined)
    throw new Refusal('thread_not_found');
  return { channel, thread_ts, text };
}

async function postFiles(
  world: World,
  { channel, thread_ts, text }: Target,
  files: StoredFile[],
): Promise<void> {
  for (const file of files) world.files.share(file, channel.id);
  world.messages.post({
    channel: channel.id,
    user: world.workspace.bot.user_id,
    at: (await world.companyNow()).toISOString(),
    text,
    blocks: [],
    files: files.map(({ id }) => id),
    ...(thread_ts === undefined ? {} : { thread_ts }),
  });
}
