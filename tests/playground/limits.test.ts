import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkBlocks } from '../../src/playground/fake-slack/blocks/check.ts';
import { checkModal } from '../../src/playground/fake-slack/blocks/view.ts';
import { limits } from '../../src/playground/fake-slack/limits.ts';
import { Refusal } from '../../src/playground/fake-slack/refusal.ts';
import { ResponseUrls, Triggers } from '../../src/playground/fake-slack/state/tickets.ts';
import { Views } from '../../src/playground/fake-slack/state/views.ts';
import { pageOf } from '../../src/playground/fake-slack/web-api/pages.ts';
import {
  inMessages,
  inModals,
  type LimitPath,
  many,
  modal,
  mrkdwn,
  section,
} from '../support/fake-slack/limit-cases.ts';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    manifest: (it) => ({
      ...it,
      oauth_config: { scopes: { bot: [...it.oauth_config.scopes.bot, 'files:write', 'dnd:read'] } },
    }),
  });
});
afterAll(() => scene.close());

const channel = 'C0PAYMENTS';

/** What shows only in use: which limit, of what, the most, and whether this much is taken. */
const inUse: [LimitPath, string, number, (size: number) => boolean | Promise<boolean>][] = [
  [
    'message.text',
    'text of an ephemeral message',
    40_000,
    async (n) =>
      (await errorOf(scene.web.chat.postEphemeral({ channel, user: 'U0ANA', text: 'x'.repeat(n) }))) === 'ok',
  ],
  [
    'message.updateText',
    'text of an update',
    4_000,
    async (n) => {
      const { ts = '' } = await scene.web.chat.postMessage({ channel, text: 'x' });
      return (await errorOf(scene.web.chat.update({ channel, ts, text: 'x'.repeat(n) }))) === 'ok';
    },
  ],
  [
    'message.allText',
    'text of all blocks of a message',
    12_000,
    async (n) => {
      const lengths = [...many(Math.floor(n / 3_000), () => 3_000), n % 3_000].filter((it) => it > 0);
      return (
        (await post({ blocks: lengths.map((length) => ({ type: 'section', text: mrkdwn(length) })) })) ===
        'ok'
      );
    },
  ],
  [
    'message.metadataBytes',
    'bytes of metadata, of which ø has two',
    16_384,
    async (n) => {
      const metadata = (v: string) => ({ event_type: 'x', event_payload: { v } });
      const rest = n - Buffer.byteLength(JSON.stringify(metadata('ø')));
      return (await post({ metadata: metadata(`ø${'x'.repeat(rest)}`) })) === 'ok';
    },
  ],
  [
    'view.bytes',
    'bytes of a view',
    250_000,
    async (n) => {
      const view = (pad: number) =>
        modal({
          blocks: [
            ...many(88, () => ({ type: 'section', text: mrkdwn(2_760) })),
            section({ text: mrkdwn(pad) }),
          ],
        });
      const pad = n - Buffer.byteLength(JSON.stringify(view(1))) + 1;
      // A trigger that nobody issued is looked at last.
      return (
        (await errorOf(scene.web.apiCall('views.open', { trigger_id: 'x', view: view(pad) }))) ===
        'invalid_trigger_id'
      );
    },
  ],
  [
    'view.stack',
    'modals on each other',
    3,
    (n) => {
      const views = new Views(() => 0);
      const checked = checkModal(modal({}));
      if (!checked.ok) throw new Error('this modal is wrong');
      views.open('U0ANA', checked.value);
      return taken(() => many(n - 1, () => views.push('U0ANA', checked.value)));
    },
  ],
  [
    'trigger.lifeMs',
    'life of a trigger',
    3_000,
    (n) => {
      let now = 0;
      const triggers = new Triggers(() => now);
      const id = triggers.issue('U0ANA');
      now = n;
      return taken(() => triggers.exchange(id));
    },
  ],
  [
    'responseUrl.uses',
    'uses of a response_url',
    5,
    (n) => {
      const urls = new ResponseUrls(() => 0);
      const { key } = urls.issue({ user: 'U0ANA', channel });
      return taken(() => many(n, () => urls.use(key)));
    },
  ],
  [
    'responseUrl.lifeMs',
    'life of a response_url',
    1_800_000,
    (n) => {
      let now = 0;
      const urls = new ResponseUrls(() => now);
      const { key } = urls.issue({ user: 'U0ANA', channel });
      now = n;
      return taken(() => urls.use(key));
    },
  ],
  [
    'ack.waitMs',
    'wait for an acknowledgement',
    3_000,
    async (n) => {
      let waited = 0;
      const deadline = (ms: number) => {
        waited = ms;
        return AbortSignal.abort();
      };
      const impatient = await startScene({ waiting: { deadline } });
      expect(await impatient.client.as('ana').command('/owner x')).toMatchObject({
        error: 'operation_timeout',
      });
      await impatient.close();
      return n <= waited;
    },
  ],
  [
    'page.usual',
    'items of a page that is asked for without a limit',
    100,
    (n) => pageOf(many(n, Number), {}).items.length === n,
  ],
  ['page.most', 'limit of a page', 1_000, (n) => taken(() => pageOf([], { limit: n }))],
  [
    'dnd.users',
    'users of dnd.teamInfo',
    50,
    async (n) =>
      (await errorOf(scene.web.dnd.teamInfo({ users: many(n, () => 'U0ANA').join(',') }))) === 'ok',
  ],
  [
    'file.altText',
    'alt_txt of a file',
    1_000,
    async (n) =>
      (await errorOf(
        scene.web.files.getUploadURLExternal({ filename: 'x', length: 1, alt_text: 'x'.repeat(n) }),
      )) === 'ok',
  ],
  [
    'file.bytes',
    'bytes of a file',
    10_000_000,
    async (n) => (await errorOf(scene.web.files.getUploadURLExternal({ filename: 'x', length: n }))) === 'ok',
  ],
  [
    'file.attachedBytes',
    'bytes of a file that a person attaches',
    60_000_000,
    async (n) =>
      await scene.client
        .as('ana')
        .attach('a.csv', new Uint8Array(n))
        .then(() => true)
        .catch(() => false),
  ],
  [
    'bodyBytes',
    'bytes of a request',
    2_000_000,
    async (n) =>
      (await fetch(`${scene.apiUrl}api.test`, { method: 'POST', body: 'x'.repeat(n) })).status !== 413,
  ],
];

describe('a message takes as much as Slack does and not one more', () => {
  test.each(inMessages)('%s: %s: %i', (_path, _what, most, build) => {
    expect(checkBlocks('message', build(most), ['blocks'])).toMatchObject({ ok: true });
    expect(checkBlocks('message', build(most + 1), ['blocks'])).toMatchObject({ ok: false });
  });
});

describe('a modal takes as much as Slack does and not one more', () => {
  test.each(inModals)('%s: %s: %i', (_path, _what, most, build) => {
    expect(checkModal(build(most))).toMatchObject({ ok: true });
    expect(checkModal(build(most + 1))).toMatchObject({ ok: false });
  });
});

describe('the rest of the table holds in use, and not one more', () => {
  test.each(inUse)('%s: %s: %i', async (_path, _what, most, isTaken) => {
    expect(await isTaken(most)).toBe(true);
    expect(await isTaken(most + 1)).toBe(false);
  });

  test('eventRetriesMs: an event that is not taken comes again at once, after a minute and after five', async () => {
    const waits: number[] = [];
    const pause = async (ms: number) => void waits.push(ms);
    const patient = await startScene({ waiting: { pause } });
    patient.bot.answer(() => ({ status: 500 }));
    await patient.client.changeUser('ben', { title: 'Lead' });
    await patient.close();
    expect(waits).toEqual([0, 60_000, 300_000]);
  });
});

test('every limit of the table has a case here', () => {
  // What is counted over time has tests of its own: rate-limits.test.ts and socket-mode.test.ts.
  const { tiers: _tiers, posting: _posting, socket: _socket, ...table } = limits;
  const tried = [...inMessages, ...inModals, ...inUse].map(([path]) => path);
  expect([...new Set<string>(tried), 'eventRetriesMs'].sort()).toEqual(leavesOf(table).sort());
});

/** The names of all figures in the table, such as message.text. */
function leavesOf(table: object, before = ''): string[] {
  return Object.entries(table).flatMap(([name, value]) =>
    typeof value === 'object' && !Array.isArray(value)
      ? leavesOf(value, `${before}${name}.`)
      : [`${before}${name}`],
  );
}

/** Whether this goes without a refusal. */
function taken(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function post(more: object): Promise<string> {
  return errorOf(scene.web.apiCall('chat.postMessage', { channel, text: 'x', ...more }));
}
