import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => {
  scene.slack.reset();
  scene.bot.answer(() => undefined);
  scene.bot.received.length = 0;
});
afterAll(() => scene.close());

const sent = () => scene.bot.received.at(-1);

describe('what Slack sends for a slash command', () => {
  test('every field, in a form with no charset', async () => {
    await scene.client.as('ana').command('/owner payments', { in: 'payments' });
    expect(sent()?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(sent()?.form).toEqual({
      token: expect.any(String),
      team_id: 'T0CAIRN',
      team_domain: 'test-company',
      channel_id: 'C0PAYMENTS',
      channel_name: 'payments',
      user_id: 'U0ANA',
      user_name: 'ana',
      command: '/owner',
      text: 'payments',
      api_app_id: 'A0CAIRN',
      is_enterprise_install: 'false',
      response_url: expect.stringContaining(`${scene.url}/api/response/`),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]+$/),
    });
  });

  test('a signature that somebody else can check', async () => {
    await scene.client.as('ana').command('/owner café & co', { in: 'payments' });
    const body = sent()?.body;
    const timestamp = sent()?.headers['x-slack-request-timestamp'];
    const expected = createHmac('sha256', scene.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    expect(sent()?.headers['x-slack-signature']).toBe(`v0=${expected}`);
    expect(Number(timestamp)).toBe(scene.time.ms / 1000);
  });

  test('direct and private channels have no name of their own', async () => {
    await scene.client.as('ana').command('/owner payments');
    expect(sent()?.form).toMatchObject({ channel_id: 'D0ANA', channel_name: 'directmessage' });
    await scene.client.as('chi').command('/owner payments', { in: 'secret' });
    expect(sent()?.form['channel_name']).toBe('privategroup');
  });
});

describe('should_escape', () => {
  const typed: [string, string][] = [
    ['@ana', '<@U0ANA|ana>'],
    ['(@ana), @Ben.', '(<@U0ANA|ana>), <@U0BEN|ben>.'],
    ['#payments', '<#C0PAYMENTS|payments>'],
    ['https://x.example/a?b=1&c=2.', '<https://x.example/a?b=1&amp;c=2>.'],
    ['www.x.example', '<http://www.x.example|www.x.example>'],
    ['mail ana@test.example', 'mail <mailto:ana@test.example|ana@test.example>'],
    ['R&D <3', 'R&amp;D &lt;3'],
    ['@nobody #nowhere', '@nobody #nowhere'],
    ['@here', '<!here>'],
    ['<@U0ANA|ana>', '<@U0ANA|ana>'],
    ['"launch deck" @ben by Fri', '"launch deck" <@U0BEN|ben> by Fri'],
  ];
  test.each(typed)('%s becomes %s', async (text, escaped) => {
    await scene.client.as('ana').command(`/owner ${text}`);
    expect(sent()?.form['text']).toBe(escaped);
  });
});

describe('what Cairn answers with', () => {
  test('nothing shows nothing', async () => {
    expect(await scene.client.as('ana').command('/owner x')).toEqual({ ok: true, status: 200 });
    expect(await scene.client.messages('@ana')).toEqual([]);
  });

  test('text is seen by the asker alone', async () => {
    scene.bot.answer(() => ({ text: 'Ana has it' }));
    await scene.client.as('ana').command('/owner payments', { in: 'payments' });
    expect(await scene.client.as('ana').messages('payments')).toMatchObject([
      { text: 'Ana has it', ephemeral: true },
    ]);
    expect(await scene.client.as('ben').messages('payments')).toEqual([]);
  });

  test('in_channel is for all, also where the bot is not', async () => {
    scene.bot.answer(() => ({ json: { response_type: 'in_channel', text: 'Ana has it' } }));
    await scene.client.as('ana').command('/owner payments', { in: 'random' });
    expect(await scene.client.as('ben').messages('random')).toMatchObject([
      { text: 'Ana has it', ephemeral: false },
    ]);
  });

  test('wrong blocks are refused there as well', async () => {
    scene.bot.answer(() => ({
      json: { text: 'x', blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] },
    }));
    expect(await scene.client.as('ana').command('/owner x')).toEqual({ ok: false, error: 'invalid_blocks' });
    expect(await scene.client.refused()).toMatchObject([
      { method: 'the answer to /owner', messages: [expect.stringContaining('/blocks/0/text/type')] },
    ]);
  });
});

describe('what goes wrong is said as Slack says it', () => {
  test('a command that is not in manifest.yml is not sent', async () => {
    await scene.client.as('ana').command('/nonsense at all', { in: 'payments' });
    expect(scene.bot.received).toEqual([]);
    const [said] = await scene.client.as('ana').ephemerals('payments');
    expect(said?.text).toMatch(/^\/nonsense is not a valid command/);
  });

  test('an error of Cairn', async () => {
    scene.bot.answer(() => ({ status: 500 }));
    await scene.client.as('ana').command('/owner x');
    expect(await scene.client.as('ana').ephemerals()).toMatchObject([
      { user: 'USLACKBOT', text: '/owner failed with the error "dispatch_failed"' },
    ]);
  });

  test('no answer in time', async () => {
    const patience = new AbortController();
    const impatient = await startScene({ waiting: { deadline: () => patience.signal } });
    impatient.bot.answer(() => {
      patience.abort();
      return { never: true };
    });
    await impatient.client.as('ana').command('/owner x');
    expect(await impatient.client.as('ana').ephemerals()).toMatchObject([
      { text: '/owner failed with the error "operation_timeout"' },
    ]);
    await impatient.close();
  });

  test('people who are not there, gone, or elsewhere', async () => {
    await expect(scene.client.as('nobody').command('/owner x')).rejects.toThrow('no person called nobody');
    await expect(scene.client.as('cairn').command('/owner x')).rejects.toThrow('no person called cairn');
    await expect(scene.client.as('ana').command('/owner x', { in: 'secret' })).rejects.toThrow(
      'ana is not in #secret',
    );
    await scene.client.changeUser('ben', { deleted: true });
    await expect(scene.client.as('ben').command('/owner x')).rejects.toThrow('ben is deactivated');
  });
});

describe('response_url', () => {
  const answerTo = async (url: string | undefined, body: object) => {
    const response = await fetch(url ?? '', { method: 'POST', body: JSON.stringify(body) });
    return [response.status, await response.text()];
  };

  test('works five times and says used_url then', async () => {
    await scene.client.as('ana').command('/owner x');
    const url = sent()?.form['response_url'];
    for (const text of ['1', '2', '3', '4', '5']) expect(await answerTo(url, { text })).toEqual([200, 'ok']);
    expect(await answerTo(url, { text: '6' })).toEqual([404, '{"ok":false,"error":"used_url"}']);
    expect((await scene.client.as('ana').ephemerals()).map((it) => it.text)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
  });

  test('works for thirty minutes', async () => {
    await scene.client.as('ana').command('/owner x');
    const url = sent()?.form['response_url'];
    scene.time.ms += 30 * 60_000;
    expect(await answerTo(url, { text: 'just in time' })).toEqual([200, 'ok']);
    scene.time.ms += 1;
    expect(await answerTo(url, { text: 'late' })).toEqual([404, '{"ok":false,"error":"expired_url"}']);
  });

  test('is checked like any message', async () => {
    await scene.client.as('ana').command('/owner x');
    const url = sent()?.form['response_url'];
    expect(await answerTo(url, {})).toEqual([400, 'no_text']);
    expect(await answerTo(url, { text: 'x', colour: 'red' })).toEqual([400, 'invalid_payload']);
    expect(await answerTo(url, { text: 'x', blocks: [{ type: 'x' }] })).toEqual([400, 'invalid_blocks']);
    expect(await answerTo(`${url}x`, { text: 'x' })).toEqual([404, '{"ok":false,"error":"invalid_url"}']);
  });
});
