import type { WebClient } from '@slack/web-api';

/** Gives Slack a picture that is shared nowhere. Returns its file's id; throws what went wrong. */
export type Upload = (png: Uint8Array, title: string) => Promise<string>;

/** `timeoutMs` is for sending the bytes; the client has its own for each call. */
export function slackUpload(client: WebClient, timeoutMs: number): Upload {
  return async (png, title) => {
    const { upload_url, file_id } = await client.files.getUploadURLExternal({
      filename: 'chart.png',
      length: png.length,
    });
    if (upload_url === undefined || file_id === undefined)
      throw new Error('files.getUploadURLExternal answered without an address');
    const sent = await fetch(upload_url, {
      method: 'POST',
      body: new Uint8Array(png),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!sent.ok) throw new Error(`the picture was not taken: ${sent.status}`);
    await client.files.completeUploadExternal({ files: [{ id: file_id, title }] });
    return file_id;
  };
}
