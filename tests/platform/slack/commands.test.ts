import { describe, expect, it } from 'vitest';
import type { CommandCall } from '../../../src/platform/slack/calls.ts';
import { readWords } from '../../../src/platform/slack/command-text.ts';
import { Commands, plain, unknownVerb } from '../../../src/platform/slack/commands.ts';
import { messageProblems } from '../../support/block-limits.ts';

function call(text: string): CommandCall {
  return {
    workspaceId: 'T1',
    slackUserId: 'U1',
    channelId: 'C1',
    words: readWords(text),
    openModal: async () => undefined,
  };
}

/** Commands that say which of them ran, with the words that reached it. */
function commands(): Commands {
  const all = new Commands();
  for (const noun of ['owner', 'handoff', 'checkin']) {
    all.add({
      noun,
      usage: [{ typed: `/${noun} <name>`, does: `does ${noun}` }],
      run: async ({ words }) => plain(`${noun}: ${JSON.stringify(words)}`),
    });
  }
  return all;
}

const said = async (name: string, text: string) => (await commands().run(name, call(text)))?.text;

describe('a command', () => {
  it.each(['payments', '"launch deck" <@U1|ben>', '', '"help"', 'help payments', '<@U1|help>'])(
    'is the same with its own slash and under /cairn: %s',
    async (text) => {
      const direct = await said('/owner', text);
      expect(direct).toMatch(/^owner: /);
      expect(await said('/cairn', `owner ${text}`)).toBe(direct);
      expect(await said('/cairn', `OWNER ${text}`)).toBe(direct);
    },
  );

  it('answers help with its own lines alone, in words that Slack shows as typed', async () => {
    for (const answer of [
      await said('/owner', 'help'),
      await said('/owner', 'HELP'),
      await said('/cairn', 'owner help'),
    ]) {
      expect(answer).toBe('`/owner &lt;name&gt;`  does owner');
    }
  });

  it('cannot be listened to by two features', () => {
    const command = { noun: 'owner', usage: [], run: async () => undefined };
    expect(() => commands().add(command)).toThrow('two features listen to owner');
  });

  it('may answer with nothing', async () => {
    const all = new Commands();
    all.add({ noun: 'okr', usage: [], run: async () => undefined });
    expect(await all.run('/okr', call('list'))).toBeUndefined();
  });
});

describe('/cairn', () => {
  it.each(['', 'help', 'HELP', 'help owner', '"owner"', '<@U1|ana>'])(
    'shows every command: %s',
    async (text) => {
      const answer = await said('/cairn', text);
      for (const noun of ['owner', 'handoff', 'checkin'])
        expect(answer).toContain(`\`/${noun} &lt;name&gt;\``);
    },
  );

  it('shows every command however many there are', async () => {
    const all = new Commands();
    for (let index = 0; index < 60; index += 1) {
      const usage = [
        { typed: `/noun${index} something to type`, does: 'does what its long line says it does' },
      ];
      all.add({ noun: `noun${index}`, usage, run: async () => undefined });
    }
    const answer = await all.run('/cairn', call('help'));
    expect(JSON.stringify(answer?.blocks)).toContain('/noun59 ');
    expect(answer?.text).toContain('/noun59 ');
    expect(messageProblems({ text: 'judged elsewhere', blocks: answer?.blocks ?? [] })).toEqual([]);
  });
});

describe('a command that nobody listens to', () => {
  it.each([
    [
      '/cairn',
      'owmer payments',
      "I don't know `owmer`. Did you mean `/cairn owner`? `/cairn help` shows what I can do.",
    ],
    [
      '/handof',
      '',
      "I don't know `handof`. Did you mean `/cairn handoff`? `/cairn help` shows what I can do.",
    ],
    ['/cairn', 'weather', "I don't know `weather`. `/cairn help` shows what I can do."],
  ])('%s %s', async (name, text, answer) => {
    expect(await said(name, text)).toBe(answer);
  });

  it('is named in few words that mention nobody', async () => {
    const answer = await said('/cairn', `&lt;!channel&gt;${'x'.repeat(2_000)}`);
    expect(answer).toMatch(/^I don't know `&lt;!channel&gt;x+…`\. `\/cairn help`/);
    expect(answer?.length).toBeLessThan(200);
  });
});

describe('a verb that a command does not have', () => {
  it.each([
    ['lits', "I don't know `/okr lits`. Did you mean `/okr list`? `/okr help` shows what I can do."],
    ['frobnicate it', "I don't know `/okr frobnicate`. `/okr help` shows what I can do."],
    ['<@U1|ana>', "I don't know `/okr @ana`. `/okr help` shows what I can do."],
  ])('is answered with the nearest one and the help line: %s', (text, answer) => {
    expect(unknownVerb('okr', call(text), ['list', 'add', 'tree']).text).toBe(answer);
  });
});
