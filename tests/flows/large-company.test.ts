import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buttonsOf } from '../support/cairn.ts';
import { pressInHome } from '../support/home.ts';
import { textsInTurns } from '../support/worst-case.ts';
import { WorstWalk } from '../support/worst-walk.ts';

// Long walks, beside others on a small machine.
vi.setConfig({ testTimeout: 120_000 });

describe('one person with 500 rocks and 200 key results', () => {
  let walk: WorstWalk;
  beforeAll(async () => {
    walk = await WorstWalk.start(textsInTurns(), { rocks: 500, keyResults: 200 });
  });
  afterAll(async () => walk.cairn.close());
  const ana = () => walk.cairn.as('ana');

  it('is told in a message how many rocks it leaves out', async () => {
    const { text } = await walk.answerTo('ben', '/owner @ana');
    const more = Number(/… and (\d+) more\./.exec(text)?.[1]);
    // One more stands below them: she is the backup of it.
    expect(text).toContain('carries 500 rocks');
    expect(text.split('\n').filter((line) => line.startsWith('•')).length).toBe(501 - more);
  });

  it('sees all of them in Home, page by page', async () => {
    await ana().openHome();
    await expect.poll(() => walk.homeOf('ana')).toContain('1 to 20 of 501');
    for (let page = 2; page <= 26; page += 1) {
      await pressInHome(walk.cairn, 'ana', 'More');
      await expect
        .poll(() => walk.homeOf('ana'))
        .toContain(`${20 * page - 19} to ${Math.min(20 * page, 501)} of 501`);
    }
    expect(await walk.homeOf('ana')).toContain('*You stand in for*');
  });

  it('is asked for all key results in steps, and can change the last one', async () => {
    await walk.cairn.turnTo('2026-11-23T09:00:00+01:00');
    await expect.poll(() => walk.homeOf('ana')).toContain('200 key results to answer.');
    await pressInHome(walk.cairn, 'ana', 'Check in');
    await walk.modalIs('ana', 'Check in');
    expect(await walk.answerSteps('7')).toBe(20);
    await expect.poll(async () => buttonsOf(await walk.promptOfAna())).toEqual(['Change it']);
    await ana().press('Change it', { message: await walk.promptOfAna() });
    await walk.modalIs('ana', 'Check in');
    expect(await walk.answerSteps('3')).toBe(20);
    const kept = await walk.cairn.db.selectFrom('check_ins').select('confidence').execute();
    expect(kept.map(({ confidence }) => confidence)).toEqual(Array.from({ length: 200 }, () => 3));
  });

  it('broke no limit of Slack, and let nobody’s words ping, link or format outside their place', async () => {
    expect(await walk.cairn.slack.refused()).toEqual([]);
    const { said, stray } = await walk.said();
    expect(said.length).toBeGreaterThan(1_000);
    expect(stray.slice(0, 3)).toEqual([]);
  });
});
