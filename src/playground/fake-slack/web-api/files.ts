import { z } from 'zod';
import { fileObject } from '../file-object.ts';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { StoredFile } from '../state/files.ts';
import type { World } from '../world.ts';
import { count, json, method } from './method.ts';

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
      const { file, ticket } = world.files.ask({ name: args.filename, size: args.length, alt_text });
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
    (world, { files: wanted, ...sharing }) => {
      refuseSharing(sharing);
      const found = wanted.map(({ id, title }) => ({ file: received(world, id), title }));
      for (const { file, title } of found) world.files.complete(file, title);
      return { files: found.map(({ file }) => fileObject(world, file)) };
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

/** Slack would post the file as a message of its own; Cairn's pictures stand in blocks, so here that is a mistake. */
function refuseSharing(given: Record<string, unknown>): void {
  const messages = Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `[ERROR] the fake shares no file: name it in an image block [json-pointer:/${name}]`);
  if (messages.length > 0) throw new Refusal('invalid_arguments', { messages });
}
