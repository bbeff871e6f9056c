import { describe, expect, it } from 'vitest';
import {
  readEditForm,
  readLogForm,
  readQuestion,
  readQueueForm,
} from '../../../src/features/research/input.ts';
import { readWords } from '../../../src/platform/slack/command-text.ts';

const question = (text: string) => readQuestion(readWords(text));
const sent = (values: Record<string, string | null>, metadata: object) => ({
  workspaceId: 'T1',
  slackUserId: 'U1',
  values,
  lists: {},
  files: {},
  metadata: JSON.stringify(metadata),
});

describe('/research', () => {
  it('reads its verbs, and keeps quotes in what is searched for', () => {
    expect(question('')).toEqual({ verb: 'mine' });
    expect(question('ask Acme Bank')).toEqual({ verb: 'ask', account: 'Acme Bank' });
    expect(question('LOG "Acme Bank"')).toEqual({ verb: 'log', account: 'Acme Bank' });
    expect(question('find "price list" -cheap')).toEqual({ verb: 'find', typed: '"price list" -cheap' });
    expect(question('find')).toEqual({ verb: 'find', typed: '' });
    expect(question('accounts')).toEqual({ verb: 'accounts' });
    expect(question('accounts all')).toBeNull();
    expect(question('fnd x')).toBeNull();
  });
});

describe('the form of a conversation', () => {
  const given = { account: '7', 'new-account': null, 'held-on': '2026-11-03', topic: ' Pricing \n now ' };
  const errors = (values: Record<string, string | null>) => {
    const form = readLogForm(sent({ ...given, ...values }, { form: 'f' }));
    return 'errors' in form ? form.errors : {};
  };

  it('is read on one line where a line is meant', () => {
    expect(
      readLogForm(sent({ ...given, notes: 'a\nb', recording: ' https://x.example/1 ' }, { form: 'f' })),
    ).toMatchObject({
      account: { id: 7 },
      told: { topic: 'Pricing now', notes: 'a\nb', contact: null, recordingUrl: 'https://x.example/1' },
      formKey: 'f',
    });
  });

  it.each<[string, Record<string, string | null>, Record<string, string>]>([
    ['no account', { account: null }, { account: 'Pick an account, or name a new one below.' }],
    [
      'two accounts',
      { 'new-account': 'Nordrail' },
      { 'new-account': 'Either pick an account above, or name a new one here.' },
    ],
    [
      'a name of signs',
      { account: null, 'new-account': '?!' },
      { 'new-account': 'That has no letter or digit to be found by.' },
    ],
    [
      'a long name',
      { account: null, 'new-account': 'x'.repeat(81) },
      { 'new-account': 'A name has 80 characters at most.' },
    ],
    ['no day', { 'held-on': null }, { 'held-on': 'Pick the day on which you talked.' }],
    ['no topic', { topic: ' ' }, { topic: 'A few words are enough: what was it about?' }],
    [
      'a script for a link',
      { recording: 'javascript:alert(1)' },
      { recording: 'Write a web address that begins with https://.' },
    ],
    [
      'a bare host',
      { recording: 'calls.example/1' },
      { recording: 'Write a web address that begins with https://.' },
    ],
    [
      'a file',
      { recording: 'file:///etc/passwd' },
      { recording: 'Write a web address that begins with https://.' },
    ],
  ])('with %s gets words beside the field', (_, values, words) => {
    expect(errors(values)).toEqual(words);
  });
});

describe('other forms', () => {
  it('refuse what is missing, beside its field', () => {
    expect(readQueueForm(sent({ topic: '' }, { account: 7 }))).toEqual({
      errors: { topic: 'A few words are enough: what would you like to ask?' },
    });
    expect(readEditForm(sent({ name: '', days: '-1' }, { account: 7, stamp: 's' }))).toEqual({
      errors: {
        name: 'Give it a name, such as Acme Bank.',
        days: 'Write a whole number of days from 0 to 999.',
      },
    });
    expect(readEditForm(sent({ name: 'Acme', days: '014' }, { account: 7, stamp: 's' }))).toMatchObject({
      coolDown: 'P14D',
    });
  });
});
