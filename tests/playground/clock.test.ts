import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PlaygroundClock } from '../../src/playground/clock.ts';
import { type Scene, startScene } from '../support/fake-slack/scene.ts';

/** A clock without a company: it goes where it is told to, and waits there while `passing` is not over. */
function clockByHand(iso: string) {
  let isTurning = false;
  let isRunning = true;
  const clock: PlaygroundClock & { at: Date; passing: Promise<void> } = {
    at: new Date(iso),
    passing: Promise.resolve(),
    now: async () => clock.at,
    look: async () => ({
      now: clock.at,
      zone: 'Europe/Berlin',
      isRunning,
      isTurning,
      next: { at: new Date('2026-10-05T07:00:00Z'), what: 'OKR check-in in #payments' },
      jumps: [{ key: 'tomorrow', label: 'Tomorrow 09:00', at: new Date('2026-10-03T07:00:00Z') }],
    }),
    async turnTo(instant) {
      if (instant < clock.at) return { ok: false, words: 'Time only runs forward.' };
      isTurning = true;
      await clock.passing;
      clock.at = instant;
      isTurning = false;
      return { ok: true };
    },
    async pause() {
      isRunning = false;
    },
    async run() {
      isRunning = true;
    },
  };
  return clock;
}

let scene: Scene;
let clock: ReturnType<typeof clockByHand>;
beforeEach(async () => {
  clock = clockByHand('2026-10-02T12:00:00Z');
  scene = await startScene({ clock });
});
afterEach(() => scene.close());

const post = (path: string, body: object, { url } = scene) =>
  fetch(`${url}/_fake/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

test('where there is none to turn, machine time is shown, and all else is refused', async () => {
  const bare = await startScene();
  expect(await bare.client.clock()).toEqual({
    now: '2026-10-05T07:00:00.000Z',
    zone: 'UTC',
    running: true,
    can_turn: false,
    turning: false,
    next: null,
    jumps: [],
  });
  for (const [path, body] of [
    ['clock', { to: 'tomorrow' }],
    ['clock/pause', {}],
    ['clock/run', {}],
  ] as const) {
    const refused = await post(path, body, bare);
    expect([refused.status, await refused.json()]).toEqual([
      409,
      { ok: false, words: 'there is no clock to turn here' },
    ]);
  }
  await bare.close();
});

test('a clock that is given later is used from then on', async () => {
  const bare = await startScene();
  bare.slack.useClock(clock);
  expect(await bare.client.clock()).toMatchObject({ now: '2026-10-02T12:00:00.000Z', can_turn: true });
  await bare.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'x' });
  expect(await bare.client.messages('payments')).toMatchObject([{ at: '2026-10-02T12:00:00.000Z' }]);
  await bare.close();
});

test('the clock shows the time of the company, what comes next and where one can jump', async () => {
  expect(await scene.client.clock()).toEqual({
    now: '2026-10-02T12:00:00.000Z',
    zone: 'Europe/Berlin',
    running: true,
    can_turn: true,
    turning: false,
    next: { at: '2026-10-05T07:00:00.000Z', what: 'OKR check-in in #payments' },
    jumps: [{ key: 'tomorrow', label: 'Tomorrow 09:00', at: '2026-10-03T07:00:00.000Z' }],
  });
});

test('it turns to an instant, and by the key of a jump; messages carry company time', async () => {
  expect(await scene.client.turn('tomorrow')).toMatchObject({ ok: true, now: '2026-10-03T07:00:00.000Z' });
  expect(await scene.client.turn('2026-10-05T09:00:00+02:00')).toMatchObject({
    ok: true,
    now: '2026-10-05T07:00:00.000Z',
  });
  await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'x' });
  expect(await scene.client.messages('payments')).toMatchObject([{ at: '2026-10-05T07:00:00.000Z' }]);
});

test('it refuses the past with words', async () => {
  const past = await post('clock', { to: '2026-10-01T00:00:00Z' });
  expect([past.status, await past.json()]).toEqual([409, { ok: false, words: 'Time only runs forward.' }]);
});

test.each(['friday', '', '2026-10-05', '2026-10-05T09:00:00', '2026-02-30T09:00:00Z'])(
  'it does not guess what “%s” is',
  async (to) => {
    const refused = await post('clock', { to });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { ok: false, words: 'to is an instant such as 2026-11-23T09:00:00+01:00, or one of tomorrow' },
    ]);
  },
);

test('it stands still and goes on', async () => {
  expect(await scene.client.pause()).toMatchObject({ ok: true, running: false });
  expect(await scene.client.clock()).toMatchObject({ running: false });
  expect(await scene.client.run()).toMatchObject({ ok: true, running: true });
  expect((await post('clock/pause', { to: 'x' })).status).toBe(400);
});

test('while it turns everybody sees it, and is told when it begins and when it is done', async () => {
  const passing = Promise.withResolvers<void>();
  clock.passing = passing.promise;
  let told = 0;
  scene.slack.world().changes.listen(() => {
    told += 1;
  });
  const turned = scene.client.turn('tomorrow');
  await expect.poll(async () => (await scene.client.clock()).turning).toBe(true);
  expect(told).toBe(1);
  passing.resolve();
  expect(await turned).toMatchObject({ turning: false, now: '2026-10-03T07:00:00.000Z' });
  expect(told).toBe(2);
});
