import { ErrorCode, type WebClient } from '@slack/web-api';
import { accepted, type Result, refused } from '../../platform/core/result.ts';

export type NewFile = { name: string; title: string; text: string; words: string };

/** Sends a file to somebody's direct conversation with Cairn. Refuses where Slack lets Cairn send none. */
export type SendFile = (slackUserId: string, file: NewFile) => Promise<Result<null>>;

/** How Slack says that Cairn may send no files: the scope was left out, or the workspace forbids them. */
const forbidden = [
  'missing_scope',
  'not_allowed_token_type',
  'file_uploads_disabled',
  'posting_to_channel_denied',
];

/** `timeoutMs` is for sending the bytes; the client has its own for each call. */
export function slackFiles(client: WebClient, timeoutMs: number): SendFile {
  return async (slackUserId, { name, title, text, words }) => {
    const bytes = Buffer.from(text);
    try {
      const { upload_url, file_id } = await client.files.getUploadURLExternal({
        filename: name,
        length: bytes.length,
      });
      if (upload_url === undefined || file_id === undefined)
        throw new Error('files.getUploadURLExternal answered without an address');
      const sent = await fetch(upload_url, {
        method: 'POST',
        body: new Uint8Array(bytes),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!sent.ok) throw new Error(`the file was not taken: ${sent.status}`);
      const { channel } = await client.conversations.open({ users: slackUserId });
      if (channel?.id === undefined) throw new Error('conversations.open answered without a channel');
      await client.files.completeUploadExternal({
        files: [{ id: file_id, title }],
        channel_id: channel.id,
        initial_comment: words,
      });
      return accepted(null);
    } catch (error) {
      if (isForbidden(error)) return noFiles;
      throw error;
    }
  };
}

const noFiles = refused(
  'no-files',
  'I may not send files here. Whoever installed Cairn can add the scope `files:write` and install it anew; `cairn export --csv` on the server writes the same table.',
);

function isForbidden(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && error.code === ErrorCode.PlatformError)) return false;
  const data: unknown = 'data' in error ? error.data : null;
  const code = typeof data === 'object' && data !== null && 'error' in data ? data.error : null;
  return typeof code === 'string' && forbidden.includes(code);
}
