import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentTypeOf } from '../http.ts';
import { limits } from '../limits.ts';
import type { World } from '../world.ts';

/**
 * Takes the bytes of a file at the address that files.getUploadURLExternal gave, raw or as the file of a form, once.
 * Anything but 200 means that they were not taken; what is wrong is kept in the journal.
 */
export async function answerUpload(
  world: World,
  ticket: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const file = world.files.awaited(ticket);
  const bytes = await bytesIn(req);
  const wrong = wrongWith(file?.size, bytes);
  if (wrong === undefined && bytes !== undefined) world.files.receive(ticket, bytes);
  const status = wrong === undefined ? 200 : 400;
  const text = wrong ?? `OK - ${bytes?.length}`;
  const request = { file: file?.id ?? null, bytes: bytes?.length ?? null };
  world.journal.cross({ from: 'cairn', kind: 'api', name: 'upload', request, status, answer: text });
  if (wrong !== undefined) {
    world.journal.refuse({
      method: 'upload',
      error: 'upload_failed',
      messages: [`[ERROR] ${wrong}`],
      arguments: request,
    });
  }
  world.changes.tell();
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  res.end(text);
}

function wrongWith(announced: number | undefined, bytes: Buffer | undefined): string | undefined {
  if (announced === undefined) return 'no file is awaited here';
  if (bytes === undefined) return 'there is no file in the request';
  if (bytes.length === announced) return undefined;
  return `the file has ${bytes.length} bytes, but ${announced} were announced`;
}

/** The bytes of a file; undefined where a form has none in it, or where there are more than any file may have. */
async function bytesIn(req: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req) {
    const part = Buffer.from(chunk);
    length += part.length;
    // What is too much is read to its end all the same, so that the answer is heard.
    if (length <= limits.file.bytes + formBytes) chunks.push(part);
  }
  if (length > limits.file.bytes + formBytes) return undefined;
  const body = Buffer.concat(chunks);
  if (contentTypeOf(req) !== 'multipart/form-data') return body;
  const headers = { 'content-type': req.headers['content-type'] ?? '' };
  const form = await new Response(body, { headers }).formData().catch(() => new FormData());
  const file = [...form.values()].find((value) => value instanceof Blob);
  return file === undefined ? undefined : Buffer.from(await file.arrayBuffer());
}

/** What a form may weigh beside its file. */
const formBytes = 10_000;
