import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/playground/fake-slack/control/seen.ts';
import { startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
beforeEach(async () => {
  await cairn.db.deleteFrom('misses').execute();
});
afterAll(() => cairn?.close());

const buttonsOf = (message: SeenMessage | undefined): string[] =>
  (message?.blocks ?? []).flatMap((block) =>
    'elements' in block
      ? block.elements.flatMap((it) => ('type' in it && it.type === 'button' ? [it.text.text] : []))
      : [],
  );

async function ask(who: string, command: string): Promise<SeenMessage | undefined> {
  await cairn.as(who).command(command, { in: 'general' });
  return (await cairn.as(who).ephemerals('general')).at(-1);
}

const newest = async (who: string): Promise<string | undefined> =>
  (await cairn.as(who).ephemerals('general')).at(-1)?.text;

const kept = async () =>
  await cairn.db.selectFrom('misses').select(['query', 'asker_id', 'settled']).orderBy('id').execute();

/** Waits for the modal with this title. */
async function modalOf(who: string, title: string): Promise<void> {
  await expect.poll(async () => (await cairn.as(who).modal())?.title.text).toBe(title);
}

const modalText = async (who: string): Promise<string> =>
  JSON.stringify((await cairn.as(who).modal())?.blocks);

describe('a question that finds nothing', () => {
  it('says so, with what can be done, and keeps no name', async () => {
    const answer = await ask('ben', '/owner teleporter');
    expect(answer?.text).toBe(
      "I don't know “teleporter” yet. I have noted the question, without your name. `/owner unowned` lists what nobody carries.",
    );
    expect(buttonsOf(answer)).toEqual(['Take it', 'Suggest an owner', 'Add as alias', 'Tell me']);
    expect(await kept()).toEqual([{ query: 'teleporter', asker_id: null, settled: null }]);
  });

  it('is kept, once, of whoever means none of the rocks that were offered', async () => {
    const offered = await ask('ben', '/owner pay');
    expect(buttonsOf(offered)).toContain('Something else');
    expect(await kept()).toEqual([]);
    await Promise.all([cairn.as('ben').press('Something else'), cairn.as('ben').press('Something else')]);
    await expect
      .poll(() => newest('ben'))
      .toBe(
        "I don't know “pay” yet. I have noted the question, without your name. `/owner unowned` lists what nobody carries.",
      );
    expect(buttonsOf((await cairn.as('ben').ephemerals()).at(-1))).toContain('Suggest an owner');
    expect(await kept()).toEqual([{ query: 'pay', asker_id: null, settled: null }]);
  });

  it('that is an address cannot be taken as a name', async () => {
    expect(buttonsOf(await ask('ben', '/owner https://wiki.test.example/x'))).toEqual([
      'Suggest an owner',
      'Add as alias',
      'Tell me',
    ]);
  });

  it('keeps who pressed `Tell me`, once, and tells them when it is settled', async () => {
    await ask('ben', '/owner warp drive');
    await cairn.as('ben').press('Tell me');
    await expect
      .poll(() => newest('ben'))
      .toBe(
        "I'll tell you as soon as somebody has settled “warp drive”. Until then product operations sees that you wait for it.",
      );
    await cairn.as('ben').press('Tell me');
    await expect.poll(async () => (await kept()).filter(({ asker_id }) => asker_id !== null).length).toBe(1);

    const list = await ask('chi', '/cairn misses');
    expect(list?.text).toBe(
      '1 name was asked for in vain. Most asked first:\n“warp drive” · asked once today · to be told: <@U0BEN>',
    );
    await cairn.as('chi').press('Not ours');
    await expect
      .poll(() => newest('chi'))
      .toBe('Nothing was asked for in vain: every question has found its answer.');
    await expect
      .poll(async () => (await cairn.as('ben').messages()).at(-1)?.text)
      .toBe(
        'You asked who owns “warp drive”. Product operations has looked into it: it is nothing that we carry here.',
      );
    expect((await ask('ana', '/owner warp drive'))?.text).toBe(
      'Product operations has looked into “warp drive”: it is nothing that we carry here.',
    );
    expect(await kept()).toHaveLength(1);
  });

  it('becomes an alias by whoever may edit the rock, and whoever waits is told', async () => {
    await ask('ben', '/owner cashbox');
    await cairn.as('ben').press('Tell me');
    await expect.poll(async () => (await kept())[0]?.asker_id).not.toBe(null);
    await ask('ana', '/owner cashbox');
    await cairn.as('ana').press('Add as alias');
    await modalOf('ana', 'Add as alias');
    expect(await cairn.as('ana').suggest('Rock', 'pay')).toMatchObject({
      options: [{ text: { text: 'Payments · Checkout' } }, { text: { text: 'Payment partners' } }],
    });
    expect(await cairn.as('ana').submit({ Rock: 'Payments · Checkout' })).toMatchObject({ ok: true });
    expect(await modalText('ana')).toContain(
      '“cashbox” leads to *Payments* from now on. The one who waited for it is told.',
    );
    await cairn.as('ana').close({ all: true });
    await expect
      .poll(async () => (await cairn.as('ben').messages()).at(-1)?.text)
      .toMatch(/^You asked who owns “cashbox”\. It leads to Payments now\. Payments: Owner <@U0ANA>/);
    expect((await ask('ben', '/owner cashbox'))?.text).toMatch(/^Payments: Owner/);
    expect(await kept()).toEqual([
      expect.objectContaining({ settled: 'alias' }),
      expect.objectContaining({ settled: 'alias' }),
    ]);
  });

  it('becomes no alias by whoever may not edit the rock', async () => {
    await ask('ben', '/owner tollgate');
    await cairn.as('ben').press('Add as alias');
    await modalOf('ben', 'Add as alias');
    await cairn.as('ben').suggest('Rock', 'refunds');
    expect(await cairn.as('ben').submit({ Rock: 'Refunds · Checkout' })).toEqual({
      ok: false,
      by: 'cairn',
      errors: {
        rock: "Only its owner, their backups, its team's lead and admins can add a name to Refunds. Ask ana.",
      },
    });
    await cairn.as('ben').close({ all: true });
    expect(await kept()).toEqual([expect.objectContaining({ settled: null })]);
  });

  it('that is an address becomes a link of the rock', async () => {
    await ask('ana', '/owner https://grafana.test.example/refunds/daily?x=1');
    await cairn.as('ana').press('Add as alias');
    await modalOf('ana', 'Add as alias');
    await cairn.as('ana').suggest('Rock', 'refund');
    expect(await cairn.as('ana').submit({ Rock: 'Refunds · Checkout' })).toMatchObject({ ok: true });
    await cairn.as('ana').close({ all: true });
    expect((await ask('ben', '/owner https://grafana.test.example/refunds/daily'))?.text).toMatch(
      /^Refunds: Owner/,
    );
  });

  it('shows product operations whom somebody suggested, in the list and in its channel, and not who did', async () => {
    const channel = await cairn.db
      .selectFrom('channels')
      .select('id')
      .where('slack_id', '=', 'C0GENERAL')
      .executeTakeFirstOrThrow();
    await cairn.db.updateTable('workspaces').set({ product_operations_channel_id: channel.id }).execute();
    await ask('ben', '/owner hyperloop');
    await cairn.as('ben').press('Suggest an owner');
    await modalOf('ben', 'Suggest an owner');
    expect(await cairn.as('ben').submit({ Person: 'ana' })).toMatchObject({ ok: true });
    expect(await modalText('ben')).toContain(
      'Thank you. Product operations sees that <@U0ANA> could own “hyperloop”.',
    );
    await cairn.as('ben').close({ all: true });
    await expect
      .poll(async () => (await cairn.slack.messages('general')).filter((it) => !it.ephemeral).at(-1)?.text)
      .toBe(
        '<@U0ANA> is suggested as the owner of “hyperloop”, which nobody knows yet. `/cairn misses` lists what was asked for in vain.',
      );
    expect((await ask('chi', '/cairn misses'))?.text).toContain(
      '“hyperloop” · asked once today · suggested as its owner: <@U0ANA>',
    );
    expect(await kept()).toEqual([{ query: 'hyperloop', asker_id: null, settled: null }]);
  });

  it('becomes a rock of the asker by `Take it`', async () => {
    await ask('ben', '/owner gondola');
    await cairn.as('ben').press('Take it');
    await expect.poll(async () => (await cairn.as('ben').modal())?.title.text).toBe('Add a rock');
    await cairn.as('ben').submit({});
    await ask('ana', '/owner gondola');
    await expect.poll(() => newest('ana')).toContain('gondola: Owner <@U0BEN>');
  });

  it.each(['Take it', 'Suggest an owner', 'Add as alias', 'Tell me'])(
    'is settled by the time that an old `%s` is pressed',
    async (button) => {
      await cairn.db.deleteFrom('misses').execute();
      await ask('ben', `/owner zeppelin ${button}`);
      await cairn.db
        .updateTable('misses')
        .set({ settled: 'rock', settled_at: '2026-11-20T11:00:00Z' })
        .execute();
      await cairn.as('ben').press(button);
      await expect
        .poll(() => newest('ben'))
        .toBe('That question is settled by now: ask again, and you will see.');
    },
  );
});

describe('/cairn misses', () => {
  it('is for product operations alone', async () => {
    expect((await ask('ben', '/cairn misses'))?.text).toBe(
      'The list of what was asked for in vain is for product operations. Ask one of your Cairn admins.',
    );
  });

  it('counts names that are the same, most asked first, and has pages', async () => {
    for (let n = 10; n < 27; n += 1) await ask('ben', `/owner contraption ${n}`);
    await ask('ana', '/owner Contraptions 26');
    const first = await ask('chi', '/cairn misses');
    expect(first?.text).toMatch(
      /^17 names were asked for in vain\. 1 to 15, most asked first:\n“Contraptions 26” · asked twice, last today/,
    );
    expect(buttonsOf(first).filter((button) => button === 'Not ours')).toHaveLength(15);
    await cairn.as('chi').press('Further down');
    await expect.poll(() => newest('chi')).toMatch(/^17 names were asked for in vain\. 16 to 17,/);
    await cairn.as('chi').press('Earlier in the list');
    await expect.poll(() => newest('chi')).toMatch(/1 to 15,/);
  });
});

it('sends nothing that the strict fake refuses', async () => {
  expect(await cairn.slack.refused()).toEqual([]);
});
