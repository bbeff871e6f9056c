import { open } from 'node:fs/promises';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { decodeText } from '../../platform/file/text-encoding.ts';

/** Ten thousand rocks are about 4 MB; what is longer is another file by mistake. */
const mostBytes = 10 * 1024 * 1024;

/** Reads a file as UTF-8 text. Refuses what is not there, cannot be read, is too long, or is no text. */
export async function readText(path: string): Promise<Result<string>> {
  const bytes = await readWhole(path);
  if (!bytes.ok) return bytes;
  try {
    return accepted(new TextDecoder('utf-8', { fatal: true }).decode(bytes.value));
  } catch {
    return refused('not-text', `${path} is not UTF-8 text; save it as UTF-8.`);
  }
}

/** The same in any encoding that spreadsheets save text in. */
export async function readSheetText(path: string): Promise<Result<string>> {
  const bytes = await readWhole(path);
  if (!bytes.ok) return bytes;
  const decoded = decodeText(bytes.value);
  return decoded === undefined
    ? refused('not-text', `${path} is no text; save it from the spreadsheet as CSV.`)
    : accepted(decoded.text);
}

async function readWhole(path: string): Promise<Result<Buffer>> {
  let bytes: Buffer;
  try {
    bytes = await readBytes(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') return refused('no-file', `There is no file ${path}.`);
    if (error.code === 'EISDIR') return refused('no-file', `${path} is a folder; name a file.`);
    return refused('unreadable', `${path} cannot be read (${String(error.code)}).`);
  }
  if (bytes.length > mostBytes)
    return refused('too-big', `${path} is longer than 10 MB; is it the right file?`);
  return accepted(bytes);
}

/** The file, or just more of it than is allowed. A size is not asked for: a pipe has none. */
async function readBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  const chunks: Buffer[] = [];
  for await (const chunk of file.createReadStream({ end: mostBytes })) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
