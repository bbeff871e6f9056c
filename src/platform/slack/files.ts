import { accepted, type Refusal, type Result, refused } from '../core/result.ts';
import type { Log } from '../log.ts';
import type { SlackFile } from './file-object.ts';

/** Reads the bytes of a file that somebody attached. Refuses, in words, one that is larger than `mostBytes`. */
export type DownloadFile = (file: SlackFile, mostBytes: number) => Promise<Result<Uint8Array>>;

/** Somebody waits for it in front of a modal. */
const patienceMs = 20_000;
/** Slack moves a file's address to another of its own hosts now and then. */
const mostMoves = 3;

/**
 * Downloads with the bot's token, which is sent to Slack's own hosts and nowhere else, or, where another base of the
 * Web API is set, to that one's host. What goes wrong is a refusal with what to do instead.
 */
export function fileDownload(
  { botToken, apiUrl }: { botToken: string; apiUrl: string | undefined },
  log: Log,
  fetchIt: typeof fetch = fetch,
): DownloadFile {
  return async (file, mostBytes) => {
    if (file.size !== undefined && file.size > mostBytes) return tooLarge(file.size, mostBytes);
    const address = file.url_private_download ?? file.url_private;
    if (address === undefined) return unreachable;
    try {
      const signal = AbortSignal.timeout(patienceMs);
      const answer = await follow(address, { botToken, apiUrl, fetchIt, signal });
      if (answer === null) return notSlacks;
      if (answer === 'not-allowed') return notAllowed;
      if (!answer.ok) {
        await answer.body?.cancel();
        return answer.status === 401 || answer.status === 403 ? notAllowed : unreachable;
      }
      return await readBody(answer, mostBytes);
    } catch (error) {
      log.info({ err: error, file: file.id }, 'a file could not be downloaded from Slack');
      return unreachable;
    }
  };
}

type Following = {
  botToken: string;
  apiUrl: string | undefined;
  fetchIt: typeof fetch;
  signal: AbortSignal;
};

/** The answer at the end of the moves; null where one leads away from Slack. */
async function follow(
  address: string,
  { botToken, apiUrl, fetchIt, signal }: Following,
): Promise<Response | 'not-allowed' | null> {
  let at = address;
  for (let moves = 0; moves <= mostMoves; moves += 1) {
    if (!isSlacks(at, apiUrl)) return null;
    const headers = { authorization: `Bearer ${botToken}` };
    const answer = await fetchIt(at, { headers, redirect: 'manual', signal });
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status >= 400 || location === null) {
      // Whoever may not read a file is shown the page on which people sign in, as if that were the file.
      return isPage(answer) ? await leave(answer) : answer;
    }
    await answer.body?.cancel();
    at = new URL(location, at).href;
    if (isSignIn(at)) return 'not-allowed';
  }
  return null;
}

async function leave(answer: Response): Promise<'not-allowed'> {
  await answer.body?.cancel();
  return 'not-allowed';
}

function isPage(answer: Response): boolean {
  return answer.ok && (answer.headers.get('content-type') ?? '').startsWith('text/html');
}

function isSignIn(address: string): boolean {
  const { pathname, searchParams } = new URL(address);
  return /sign-?in/i.test(pathname) || searchParams.has('redir');
}

/** Whether an address is one to which the token may be sent. */
export function isSlacks(address: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (apiUrl !== undefined && url.origin === new URL(apiUrl).origin) return true;
  const isHost = /(?:^|\.)(?:slack\.com|slack-files\.com|slack-edge\.com|slack-gov\.com)$/.test(url.hostname);
  return url.protocol === 'https:' && isHost && url.port === '' && url.username === '';
}

/** Counted while it comes: what a header says of the length is not believed. */
async function readBody(answer: Response, mostBytes: number): Promise<Result<Uint8Array>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = answer.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
    length += part.value.byteLength;
    if (length > mostBytes) {
      await reader?.cancel();
      return tooLarge(length, mostBytes);
    }
    parts.push(part.value);
  }
  return accepted(Buffer.concat(parts));
}

function tooLarge(size: number, mostBytes: number): Refusal {
  const megabytes = (bytes: number) => Math.ceil(bytes / (1024 * 1024));
  return refused(
    'too-large',
    `That file has ${size > mostBytes * 1.01 ? `${megabytes(size)} MB` : `more than ${megabytes(mostBytes)} MB`}, and I read ${megabytes(mostBytes)} MB at most. Save the sheet with the rows alone, as CSV, and attach that.`,
  );
}

const notAllowed = refused(
  'no-files-read',
  'I may not read files in this workspace. Paste the cells instead, or ask whoever installed me to add the scope `files:read`.',
);
const unreachable = refused(
  'no-file',
  'Slack does not give me that file right now. Attach it again in a minute, or paste the cells instead.',
);
const notSlacks = refused(
  'not-slacks',
  'That file is not kept by Slack, so I cannot read it. Save it to your computer and attach it from there, or paste the cells instead.',
);
