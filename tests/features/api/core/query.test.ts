import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../src/features/api/core/endpoints.ts';
import { findEndpoint, readQuery } from '../../../../src/features/api/core/query.ts';

const words = (result: { ok: boolean }) => ('words' in result ? result.words : 'accepted');
const read = (name: keyof typeof endpoints, query: string) =>
  readQuery(endpoints[name], new URLSearchParams(query));

describe('a path of the API', () => {
  it('is a list, or one thing of it by its key', () => {
    expect(findEndpoint('rocks')).toEqual({ ok: true, value: { name: 'rocks', key: '' } });
    expect(findEndpoint('rocks/')).toEqual({ ok: true, value: { name: 'rocks', key: '' } });
    expect(findEndpoint('rocks/payments')).toEqual({ ok: true, value: { name: 'rock', key: 'payments' } });
    expect(findEndpoint('okrs/caf%C3%A9')).toEqual({ ok: true, value: { name: 'okr', key: 'café' } });
  });

  it.each([
    ['rokcs', 'There is nothing at this path. Did you mean /api/v1/rocks?'],
    ['decision', 'There is nothing at this path. Did you mean /api/v1/decisions?'],
    ['rocks/a/b', 'There is nothing at this path. Did you mean /api/v1/rocks?'],
    ['rocks/%00', 'There is nothing at this path. Did you mean /api/v1/rocks?'],
    ['rocks/%zz', 'There is nothing at this path. Did you mean /api/v1/rocks?'],
    [
      'people',
      'There is nothing at this path. There are owner, rocks, okrs, roadmap, decisions; /api/v1/openapi.json describes them.',
    ],
  ])('that is none names the nearest: %s', (path, said) => {
    expect(findEndpoint(path)).toEqual({ ok: false, code: 'unknown-path', words: said });
  });
});

describe('a query', () => {
  it('is read as it is allowed there; what is empty is not asked', () => {
    expect(read('rocks', 'team=checkout&owner=&limit=7')).toEqual({
      ok: true,
      value: { given: { team: 'checkout', limit: '7' }, limit: 7 },
    });
    expect(read('rocks', '')).toEqual({ ok: true, value: { given: {}, limit: 50 } });
    expect(read('rock', '')).toMatchObject({ ok: true });
  });

  it.each<[keyof typeof endpoints, string, string]>([
    ['rocks', 'tema=checkout', 'There is no parameter “tema” here. Did you mean team?'],
    [
      'rocks',
      'colour=red',
      'There is no parameter “colour” here. This path takes team, owner, state, limit, cursor.',
    ],
    ['rock', 'team=checkout', 'There is no parameter “team” here. This path takes none.'],
    ['rocks', 'team=a&team=b', 'team is given twice. Give it once.'],
    ['rocks', 'state=retierd', 'state cannot be “retierd”. Did you mean retired?'],
    [
      'roadmap',
      'horizon=someday',
      'horizon cannot be “someday”. It is one of now, next, later, shipped, stopped.',
    ],
    ['rocks', 'limit=0', 'limit is a whole number from 1 to 200.'],
    ['rocks', 'limit=201', 'limit is a whole number from 1 to 200.'],
    ['rocks', 'limit=1e2', 'limit is a whole number from 1 to 200.'],
    ['rocks', 'team=%00', 'team holds a control character. Leave it out.'],
    ['owner', '', 'Give q: a name or an https address, of 200 characters at most. For example ?q=payments.'],
    [
      'owner',
      'q=%20',
      'Give q: a name or an https address, of 200 characters at most. For example ?q=payments.',
    ],
    ['owner', `q=${'x'.repeat(201)}`, 'A question has 200 characters at most; this one has 201.'],
    ['decisions', `q=${'x'.repeat(10_000)}`, 'A question has 200 characters at most; this one has 10000.'],
    ['rocks', `team=${'x'.repeat(300)}`, 'The value of team has 200 characters at most; this one has 300.'],
    ['rocks', `cursor=${'x'.repeat(601)}`, 'A cursor has 600 characters at most; this one has 601.'],
  ])('that %s does not take is refused: %s', (name, query, said) => {
    expect(words(read(name, query))).toBe(said);
  });
});
