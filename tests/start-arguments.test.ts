import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { emptyProblem, freshProblem, readStartArguments } from '../src/start-arguments.ts';

describe('what follows npm start --', () => {
  it.each([
    [[], { isFresh: false, isEmpty: false, isHelp: false }],
    [['--fresh'], { isFresh: true, isEmpty: false, isHelp: false }],
    [['--empty', '--fresh'], { isFresh: true, isEmpty: true, isHelp: false }],
    [['-h'], { isFresh: false, isEmpty: false, isHelp: true }],
  ])('%j is %j', (args, value) => {
    expect(readStartArguments(args)).toEqual({ ok: true, value });
  });

  it.each([
    [['--frehs'], 'There is no option "--frehs". Did you mean --fresh?'],
    [['--everything'], 'There is no option "--everything".'],
    [['--fresh=yes'], '--fresh takes no value.'],
    [['fresh'], '"fresh" is too much here.'],
  ])('%j is wrong: %s', (args, words) => {
    expect(readStartArguments(args)).toMatchObject({ ok: false, words });
  });
});

describe('what --fresh may empty', () => {
  const problemOf = (env: Record<string, string>) => {
    const read = readConfig(env);
    if (!read.ok) throw new Error(read.problems.join('\n'));
    return freshProblem(read.config);
  };
  const tokens = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'x' };
  const url = { DATABASE_URL: 'postgres://localhost/company' };

  it('is the database that Cairn runs itself, for the playground', () => {
    expect(problemOf({})).toBeNull();
  });

  it('is not what a real workspace has, wherever it is kept', () => {
    const words =
      '--fresh is for the playground, and SLACK_BOT_TOKEN connects a real workspace, whose data stay: start without --fresh.';
    expect(problemOf(tokens)).toBe(words);
    expect(problemOf({ ...tokens, ...url })).toBe(words);
    expect(problemOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })).toBe(words);
  });

  it('is not an operator’s database', () => {
    expect(problemOf(url)).toBe(
      '--fresh empties only the database that Cairn runs itself, and DATABASE_URL names one of yours: empty that one yourself, or start without --fresh.',
    );
  });
});

describe('what --empty may begin', () => {
  it('is a playground, on whatever database', () => {
    for (const env of [{}, { DATABASE_URL: 'postgres://localhost/company' }]) {
      const read = readConfig(env);
      expect(read.ok && emptyProblem(read.config)).toBeNull();
    }
  });

  it('is no real workspace', () => {
    const read = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'x' });
    expect(read.ok && emptyProblem(read.config)).toBe(
      '--empty is for the playground, and SLACK_BOT_TOKEN connects a real workspace, which has a company: start without --empty.',
    );
  });
});
