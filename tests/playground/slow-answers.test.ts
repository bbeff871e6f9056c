import { afterEach, beforeEach, expect, test } from 'vitest';
import { quietClient, type Scene, startScene } from '../support/fake-slack/scene.ts';

/** Answers that are slow wait here until the test lets them go. */
const paused: { ms: number; resume: () => void }[] = [];
let scene: Scene;
beforeEach(async () => {
  const pause = (ms: number) => new Promise<void>((resume) => paused.push({ ms, resume }));
  scene = await startScene({ waiting: { pause } });
});
afterEach(async () => {
  paused.length = 0;
  await scene.close();
});

const post = (text: string) =>
  quietClient(scene.botToken, scene.apiUrl, { rejectRateLimitedCalls: true }).chat.postMessage({
    channel: 'C0PAYMENTS',
    text,
  });
const texts = async () => (await scene.client.messages('payments')).map(({ text }) => text);
const hits = async () => (await scene.client.faults.list()).faults[0]?.hits;

test('the wait is before the message is taken, and the log says how long it was', async () => {
  await scene.client.faults.add({ kind: 'slow', ms: 2_000 });
  const call = post('late');
  await expect.poll(hits).toBe(1);
  expect([paused.map(({ ms }) => ms), await texts()]).toEqual([[2_000], []]);
  scene.time.ms += 2_000;
  paused[0]?.resume();
  expect(await call).toMatchObject({ ok: true });
  expect(await texts()).toEqual(['late']);
  expect(await scene.client.log()).toMatchObject([{ status: 200, fault: 'slow', took_ms: 2_000 }]);
});

test('a message is taken though the client has given up', async () => {
  await scene.client.faults.add({ kind: 'slow', method: 'chat.postMessage' });
  await giveUpOnPosting('late');
  expect(await texts()).toEqual([]);
  paused[0]?.resume();
  await expect.poll(texts).toEqual(['late']);
});

test('a wait that is told to a client that has given up holds nobody', async () => {
  await scene.client.faults.add({ kind: 'slow', method: 'chat.postMessage', times: 1 });
  await scene.client.faults.add({ kind: 'rate-limit', times: 1 });
  await giveUpOnPosting('unheard');
  // So that the fake has noticed: a call that came later was answered.
  await scene.client.log();
  paused[0]?.resume();
  await expect.poll(async () => (await scene.client.log()).map(({ status }) => status)).toEqual([429]);
  expect(await post('next')).toMatchObject({ ok: true });
  expect(await scene.client.refused()).toEqual([]);
});

test('a call that was under way when others were told to wait must wait too, and made no mistake', async () => {
  await scene.client.faults.add({ kind: 'slow', times: 1 });
  const first = expect(post('first')).rejects.toThrow(/in 30 seconds/);
  await expect.poll(hits).toBe(1);
  scene.time.ms += 10;
  await scene.client.faults.add({ kind: 'rate-limit', times: 1 });
  await expect(post('second')).rejects.toThrow(/in 30 seconds/);
  paused[0]?.resume();
  await first;
  expect(await scene.client.refused()).toEqual([]);
  await expect(post('third')).rejects.toThrow(/in 30 seconds/);
  expect(await scene.client.refused()).toMatchObject([{ error: 'before_retry_after' }]);
  expect(await texts()).toEqual([]);
});

/** Ends the connection of a slow post before it is answered. */
async function giveUpOnPosting(text: string): Promise<void> {
  const impatience = new AbortController();
  const call = fetch(`${scene.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${scene.botToken}` },
    body: new URLSearchParams({ channel: 'C0PAYMENTS', text }),
    signal: impatience.signal,
  });
  await expect.poll(hits).toBe(1);
  impatience.abort();
  await expect(call).rejects.toThrow();
}
