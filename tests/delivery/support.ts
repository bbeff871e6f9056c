import type { SlackPost } from '../../src/delivery/slack-post.ts';

type Post = Parameters<SlackPost['post']>[0];
type Edit = Parameters<SlackPost['edit']>[0];

/** Slack in this process: keeps what it was called with, and does what a test tells it to do instead. */
export function fakeSlack(
  given: {
    post?: (message: Post, count: number) => Promise<void>;
    edit?: (message: Edit, count: number) => Promise<void>;
    openDirect?: (slackUserId: string, count: number) => Promise<void>;
  } = {},
) {
  const posts: (Post & { ts: string })[] = [];
  const edits: Edit[] = [];
  const opened: string[] = [];
  const tries = { post: 0, edit: 0, openDirect: 0 };
  const slack: SlackPost = {
    async openDirect(slackUserId) {
      tries.openDirect += 1;
      await given.openDirect?.(slackUserId, tries.openDirect);
      opened.push(slackUserId);
      return `D-${slackUserId}`;
    },
    async post(message) {
      tries.post += 1;
      await given.post?.(message, tries.post);
      const ts = `${1_700_000_000 + tries.post}.000100`;
      posts.push({ ...message, ts });
      // Slack answers a name with the channel's id.
      return { channel: message.channel.replace(/^#/, 'C-'), ts };
    },
    async edit(message) {
      tries.edit += 1;
      await given.edit?.(message, tries.edit);
      edits.push(message);
    },
  };
  return { slack, posts, edits, opened, tries };
}

/** Errors in the shapes of Slack's SDK. */
export const slackErrors = {
  rateLimited: (retryAfter: number) =>
    Object.assign(new Error('A rate limit was exceeded'), {
      code: 'slack_webapi_rate_limited_error',
      retryAfter,
    }),
  platform: (error: string) =>
    Object.assign(new Error(`An API error occurred: ${error}`), {
      code: 'slack_webapi_platform_error',
      data: { ok: false, error },
    }),
  network: (code: string) =>
    Object.assign(new Error('A request error occurred'), {
      code: 'slack_webapi_request_error',
      original: Object.assign(new Error(code), { code }),
    }),
  http: (statusCode: number) =>
    Object.assign(new Error('An HTTP protocol error occurred'), {
      code: 'slack_webapi_http_error',
      statusCode,
    }),
};
