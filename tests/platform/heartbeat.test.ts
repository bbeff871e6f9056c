import { afterEach, expect, test } from 'vitest';
import { type Heartbeat, startHeartbeat } from '../../src/platform/heartbeat.ts';
import { keptLog } from '../support/builders.ts';

let heartbeat: Heartbeat | null = null;
afterEach(async () => {
  await heartbeat?.stop();
});

test('a beat that hangs is given up after its deadline, and the next ones go on without it', async () => {
  const { log, lines } = keptLog();
  let beats = 0;
  heartbeat = startHeartbeat(
    async () => {
      beats += 1;
      if (beats === 1) await new Promise(() => undefined);
    },
    log,
    20,
  );
  await heartbeat.beatNow();
  await heartbeat.beatNow();
  expect(beats).toBeGreaterThanOrEqual(2);
  expect(lines.map((line) => line.msg)).toContain('a heartbeat hangs; the next ones go on without it');
});

test('only a beat that came through makes the heart young', async () => {
  const { log } = keptLog();
  let isDown = true;
  heartbeat = startHeartbeat(async () => {
    if (isDown) throw new Error('the database is away');
  }, log);
  await heartbeat.beatNow();
  const old = heartbeat.age();
  await heartbeat.beatNow();
  expect(heartbeat.age()).toBeGreaterThanOrEqual(old);
  const before = heartbeat.age();
  isDown = false;
  await heartbeat.beatNow();
  expect(heartbeat.age()).toBeLessThan(before);
});
