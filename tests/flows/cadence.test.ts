import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterAll(async () => cairn.close());

/** The answer to a command: seen by whoever typed it alone. */
async function answerTo(person: string, command: string, where = 'general') {
  const own = async () => await cairn.as(person).ephemerals(where);
  const before = (await own()).length;
  await cairn.as(person).command(command, { in: where });
  await expect.poll(async () => (await own()).length).toBeGreaterThan(before);
  return (await own()).at(-1);
}
const wordsTo = async (person: string, command: string, where = 'general') =>
  (await answerTo(person, command, where))?.text;
const newest = async (person: string) => (await cairn.as(person).ephemerals('general')).at(-1);
const countCadences = async () => (await cairn.db.selectFrom('cadences').select('id').execute()).length;

async function openModal(person: string, command: string, title: string, where = 'general') {
  await cairn.as(person).command(command, { in: where });
  await expect.poll(async () => (await cairn.as(person).modal())?.title.text).toBe(title);
}

describe('/cadence', () => {
  it('shows what comes next, with a button to look', async () => {
    const list = await answerTo('ana', '/cadence');
    expect(list?.text).toBe(
      'What comes next:\nOKR check-in in <#C0PAYMENTS> · every Monday at 9:00 · next Mon 23 Nov, 09:00',
    );
    expect(buttonsOf(list)).toEqual(['Look', 'Add one']);
    expect(await wordsTo('ana', '/cadence list')).toBe(list?.text);
    expect(await wordsTo('ana', '/cairn cadence')).toBe(list?.text);
  });

  it('names the zone where the reader lives elsewhere', async () => {
    expect(await wordsTo('ben', '/cadence')).toContain('next Mon 23 Nov, 09:00 (Europe/Berlin)');
  });

  it('shows one with its next five times, and to who may not change it only what may be looked at', async () => {
    const card = await answerTo('ben', '/cadence weekly-okr');
    expect(card?.text).toBe(
      [
        'OKR check-in in <#C0PAYMENTS> · `weekly-okr`',
        'every Monday at 9:00 (Europe/Berlin)',
        'Next:',
        ...['23 Nov', '30 Nov', '7 Dec', '14 Dec', '21 Dec'].map(
          (day) => `• Mon ${day}, 09:00 (Europe/Berlin)`,
        ),
        'Asks who answers for the key results of Checkout; 2 people as things stand',
        'No reminder, open until the next one; for the current cycle',
        'On holidays it is held all the same',
        'Set up by a file',
      ].join('\n'),
    );
    expect(buttonsOf(card)).toEqual(['History', 'All']);
  });

  it('lets the lead of its team change it, from the list', async () => {
    await answerTo('chi', '/cadence');
    await cairn.as('chi').press('Look');
    const buttons = ['Pause', 'Skip next', 'Edit', 'History', 'All'];
    await expect.poll(async () => buttonsOf(await newest('chi'))).toEqual(expect.arrayContaining(buttons));
    await cairn.as('chi').press('Skip next');
    await expect.poll(async () => (await newest('chi'))?.text).toContain('Skipped: Mon 23 Nov, 09:00.');
    expect((await newest('chi'))?.text).toContain(
      'Mon 23 Nov, 09:00 (Europe/Berlin): not held, skipped by chi',
    );
    await cairn.as('chi').press('History');
    await expect
      .poll(async () => (await newest('chi'))?.text)
      .toContain('• Mon 23 Nov, 09:00 (Europe/Berlin)  skipped by chi');
  });

  it('answers slips with what was most likely meant', async () => {
    expect(await wordsTo('ana', '/cadence weekly-ork')).toBe(
      "I don't know a cadence called “weekly-ork”. Did you mean `weekly-okr`? `/cadence list` shows them all.",
    );
    expect(await wordsTo('ana', '/cadence lst')).toBe(
      "I don't know `/cadence lst`. Did you mean `/cadence list`? `/cadence help` shows what I can do.",
    );
    expect(await wordsTo('ana', '/cadence pause teleport')).toBe(
      "I don't know a cadence called “teleport”. `/cadence list` shows them all.",
    );
    expect(await wordsTo('ana', '/cadence help')).toContain('`/cadence add`  put a ritual on the calendar');
  });

  it('tells who may not change one whom to ask', async () => {
    expect(await wordsTo('ben', '/cadence pause weekly-okr')).toBe(
      'You can look at this cadence, and change it through <@U0CHI>, who leads a team of it; or an admin. Just ask.',
    );
    await cairn.as('ben').command('/cadence edit weekly-okr', { in: 'general' });
    await expect.poll(async () => (await newest('ben'))?.text).toContain('You can look at this cadence');
    expect(await cairn.as('ben').modal()).toBeUndefined();
    expect(await wordsTo('gus', '/cadence', 'payments')).toContain('I answer full members');
  });

  it('pauses and resumes, and says so', async () => {
    const paused = await answerTo('chi', '/cadence pause weekly-okr');
    expect(paused?.text).toContain('Paused: nothing comes until somebody resumes it.');
    expect(buttonsOf(paused)).toContain('Resume');
    expect(await wordsTo('ana', '/cadence')).toBe(
      'What comes next:\nOKR check-in in <#C0PAYMENTS> · every Monday at 9:00 · paused: by chi',
    );
    await cairn.as('chi').press('Resume', paused === undefined ? {} : { message: paused });
    await expect.poll(async () => (await newest('chi'))?.text).toContain('It goes on.');
    expect(await wordsTo('chi', '/cadence resume weekly-okr')).toBe('It is not paused.');
  });

  it('does not resume where Cairn was sent away, and says how it can', async () => {
    await answerTo('chi', '/cadence pause weekly-okr');
    await cairn.slack.changeChannel('payments', { leave: ['cairn'] });
    expect(await wordsTo('chi', '/cadence resume weekly-okr')).toBe(
      'I am not in <#C0PAYMENTS>. Invite me there with `/invite @Cairn`, then try again.',
    );
    await cairn.as('ana').command('/invite @Cairn', { in: 'payments' });
    expect(await wordsTo('chi', '/cadence resume weekly-okr')).toContain('It goes on.');
  });
});

describe('a new cadence', () => {
  const entries = { When: 'every other Tuesday at 10:00', Channel: 'general' };

  it('is set up in a modal that is prefilled, and then says what it means', async () => {
    await openModal('ana', '/cadence add', 'New cadence');
    const modal = await cairn.as('ana').modal();
    expect(JSON.stringify(modal)).toContain('"initial_conversation":"C0GENERAL"');
    await cairn.as('ana').submit({ ...entries, Teams: ['Checkout'] });
    const saved = await cairn.as('ana').modal();
    expect(saved?.title.text).toBe('It is set up');
    const words = JSON.stringify(saved);
    expect(words).toContain(
      'every other Tuesday at 10:00, first on 24 November 2026, by the clock of Europe/Berlin',
    );
    expect(words).toContain('• Tue 24 Nov, 10:00\\n• Tue 8 Dec, 10:00\\n• Tue 22 Dec, 10:00\\n');
    expect(words).toContain('`/cadence okr-check-in-general` shows it');
    await cairn.as('ana').close({ all: true });
    expect(await wordsTo('ana', '/cadence')).toContain(
      'OKR check-in in <#C0GENERAL> · every other Tuesday at 10:00 · next Tue 24 Nov, 10:00',
    );
  });

  it('of the same ritual in the same channel is warned of, and added by who means it', async () => {
    const before = await countCadences();
    await openModal('ana', '/cadence add', 'New cadence');
    await cairn.as('ana').submit(entries);
    const warned = await cairn.as('ana').modal();
    expect(warned?.submit?.text).toBe('Add it anyway');
    expect(JSON.stringify(warned)).toContain(
      'There is such a ritual in <#C0GENERAL> already: `okr-check-in-general`, every other Tuesday at 10:00. People would be asked by both.',
    );
    expect(JSON.stringify(warned)).toContain('"initial_value":"every other Tuesday at 10:00"');
    expect(await countCadences()).toBe(before);
    await cairn.as('ana').submit();
    expect((await cairn.as('ana').modal())?.title.text).toBe('It is set up');
    await cairn.as('ana').close({ all: true });
    expect(await countCadences()).toBe(before + 1);
  });

  it.each<[string, Record<string, unknown>, Record<string, string>]>([
    [
      'a day that does not exist',
      { When: '0 9 30 2 *' },
      { schedule: '"0 9 30 2 *" never comes; name a day that exists.' },
    ],
    [
      'an unknown zone',
      { 'Time zone': 'Europe/Berln' },
      { timezone: 'I don\'t know this time zone; did you mean "Europe/Berlin"?' },
    ],
    [
      'a reminder after the end',
      { 'Remind who has not answered': 'P3D' },
      { nudge: 'The reminder would come when it is closed already. Choose an earlier one.' },
    ],
    [
      'a channel that Cairn is not in',
      { Channel: 'random' },
      { channel: 'I am not in that channel. Invite me there with /invite @Cairn, then send this again.' },
    ],
    [
      'a private channel that Slack does not show',
      { Channel: 'secret' },
      { channel: 'I am not in that channel. Invite me there with /invite @Cairn, then send this again.' },
    ],
    [
      'a key that is taken',
      { Key: 'Weekly-OKR' },
      { key: 'There is a cadence weekly-okr already. Choose another key, or leave this empty.' },
    ],
  ])('is refused beside its field for %s', async (_, given, errors) => {
    const before = await countCadences();
    await openModal('ana', '/cadence add', 'New cadence', 'payments');
    expect(await cairn.as('ana').submit(given)).toMatchObject({ errors });
    expect(await countCadences()).toBe(before);
    await cairn.as('ana').close({ all: true });
  });

  it('in a channel into which Cairn was invited a moment ago is taken', async () => {
    await openModal('ana', '/cadence add', 'New cadence');
    await cairn.as('ana').submit({ Channel: 'random' });
    await cairn.as('ana').command('/invite @Cairn', { in: 'random' });
    await cairn.as('ana').submit({ Channel: 'random' });
    expect((await cairn.as('ana').modal())?.title.text).toBe('It is set up');
    await cairn.as('ana').close({ all: true });
  });

  it('waits while Slack does not say whether Cairn is in its channel', async () => {
    await openModal('ana', '/cadence add', 'New cadence');
    const fault = await cairn.slack.faults.add({ kind: 'server-error', method: 'conversations.info' });
    expect(await cairn.as('ana').submit({ Channel: 'payments' })).toMatchObject({
      errors: {
        channel:
          'Slack does not answer at the moment, so I cannot see whether I am in that channel. Please send this again.',
      },
    });
    await cairn.slack.faults.remove(fault.id);
    await cairn.as('ana').close({ all: true });
  });
});

describe('a run by hand', () => {
  it('begins at once, asks whom it asks, and is one run however often it is pressed', async () => {
    const card = await answerTo('chi', '/cadence weekly-okr');
    expect(card?.text).toContain(
      'Asks who answers for the key results of Checkout; 2 people as things stand',
    );
    const message = card === undefined ? {} : { message: card };
    await cairn.as('chi').press('Run now', message);
    await expect.poll(async () => (await newest('chi'))?.text).toContain('It has begun.');
    const runs = async () =>
      (await cairn.slack.messages('payments')).filter(({ text }) => text.startsWith('OKR check-in'));
    await expect.poll(async () => (await runs()).length).toBe(1);
    await expect.poll(async () => (await cairn.slack.messages('@ana')).length).toBe(1);
    expect(await wordsTo('chi', '/cadence run weekly-okr')).toBe(
      'chi ran it at 12:00 already, which is this same run.',
    );
    expect(await wordsTo('chi', '/cadence history weekly-okr')).toContain(
      'Fri 20 Nov, 12:00 (Europe/Berlin)  run by hand by <@U0CHI>, open for answers',
    );
  });
});

describe('an edit', () => {
  it('changes when it comes, by whoever set it up', async () => {
    await openModal('ana', '/cadence edit okr-check-in-general', 'Edit cadence');
    await cairn
      .as('ana')
      .submit({ When: 'every Wednesday at 14:30', 'On holidays and company days': 'skip' });
    expect(JSON.stringify(await cairn.as('ana').modal())).toContain(
      '• Wed 25 Nov, 14:30\\n• Wed 2 Dec, 14:30',
    );
    await cairn.as('ana').close({ all: true });
    const card = await answerTo('ana', '/cadence okr-check-in-general');
    expect(card?.text).toContain('On holidays it is skipped');
    expect(card?.text).toContain('Set up by <@U0ANA>');
  });
});

describe('/cadence holidays', () => {
  const openDays = async () => await openModal('chi', '/cadence holidays', 'Days off');
  const germany = { 'Public holidays of': 'Germany' };

  it('is for admins', async () => {
    await cairn.as('ana').command('/cadence holidays', { in: 'general' });
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toBe('Holidays and company days concern everybody, so admins set them. Ask one of them.');
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'a state that is not there',
      { ...germany, 'State or region': 'Bayrn' },
      { state: "I don't know this part of the country. Did you mean Bayern?" },
    ],
    [
      'a state without its country',
      { 'State or region': 'Bayern' },
      { state: 'Pick its country first, above.' },
    ],
    [
      'a line that is no day',
      { 'Company days': '2026-12-24 Christmas Eve\n31 December off' },
      { days: '“31 December off” is not a day with a name. Write it like: 2026-12-24 Christmas Eve' },
    ],
    [
      'a day that does not exist',
      { 'Company days': '2026-02-30 Off' },
      { days: '“2026-02-30 Off” is not a day with a name. Write it like: 2026-12-24 Christmas Eve' },
    ],
    [
      'a day that is there twice',
      { 'Company days': '2026-12-24 A\n2026-12-24 B' },
      { days: '2026-12-24 is there twice.' },
    ],
  ])('refuses beside its field %s', async (_, given, errors) => {
    await openDays();
    expect(await cairn.as('chi').submit(given)).toMatchObject({ errors });
    await cairn.as('chi').close({ all: true });
  });

  it('keeps country and company days, shows the next of them, and cadences follow', async () => {
    await openDays();
    await cairn.as('chi').submit({
      ...germany,
      'State or region': 'bayern',
      'Company days': '2026-11-25 Founders’ day',
    });
    const saved = JSON.stringify(await cairn.as('chi').modal());
    expect(saved).toContain('• Wed 25 Nov  Founders’ day\\n• Fri 25 Dec  Christmas Day');
    await cairn.as('chi').close({ all: true });
    const card = await answerTo('ana', '/cadence okr-check-in-general');
    expect(card?.text).toContain('Wed 25 Nov, 14:30: not held, Founders’ day');
    await openDays();
    const again = JSON.stringify(await cairn.as('chi').modal());
    expect(again).toContain('"initial_value":"2026-11-25 Founders’ day"');
    expect(again).toContain('"initial_value":"BY"');
    await cairn.as('chi').close({ all: true });
    const moved = await cairn.db
      .selectFrom('events')
      .select('type')
      .where('type', '=', 'days-off.changed')
      .execute();
    expect(moved).toHaveLength(1);
  });
});

it('sends nothing that the strict fake refuses, but the question about a channel that it does not show', async () => {
  const refused = await cairn.slack.refused();
  expect(refused.map(({ method, error }) => [method, error])).toEqual([
    ['conversations.info', 'channel_not_found'],
  ]);
});
