import { describe, expect, test } from 'vitest';
import { readCodeOwners, replacedBy } from '../../../src/cli/sources/codeowners-read.ts';

describe('the rules of a CODEOWNERS file', () => {
  test('a pattern and its owners, with the comment above or behind it', () => {
    const { rules } = readCodeOwners(
      '# Takes the money.\n# ----\n/payments/ @ana @acme/checkout # not refunds\n/refunds/ a@x.example\n\ndocs/a\\ b/ @ana\n',
    );
    expect(rules.map(({ line, pattern, owners, comment }) => [line, pattern, owners, comment])).toEqual([
      [3, '/payments/', ['@ana', '@acme/checkout'], 'Takes the money.\nnot refunds'],
      [4, '/refunds/', ['a@x.example'], ''],
      [6, 'docs/a b/', ['@ana'], ''],
    ]);
  });

  test("GitLab's sections give their owners to rules without any", () => {
    const { rules } = readCodeOwners('[Docs][2] @writers\n/docs/\n^[Data base] @dba\n/db/ @ana\n/db/x/\n');
    expect(rules.map(({ section, owners }) => [section, owners])).toEqual([
      ['docs', ['@writers']],
      ['data base', ['@ana']],
      ['data base', ['@dba']],
    ]);
  });

  test('what GitHub skips is skipped', () => {
    expect(readCodeOwners('!/a/ @ana\n/b[12]/ @ana\n').skipped).toEqual([
      { line: 1, text: '!/a/', why: 'what begins with ! is no rule' },
      { line: 2, text: '/b[12]/', why: 'brackets are not read in a pattern' },
    ]);
  });

  test.each<[string, unknown]>([
    ['*', { kind: 'folder', path: '', isAnchored: true, isDeep: true }],
    ['/**', { kind: 'folder', path: '', isAnchored: true, isDeep: true }],
    ['/*', { kind: 'folder', path: '', isAnchored: true, isDeep: false }],
    ['/services/pay/', { kind: 'folder', path: 'services/pay', isAnchored: true, isDeep: true }],
    ['/services/pay', { kind: 'folder', path: 'services/pay', isAnchored: true, isDeep: true }],
    ['/services/pay/**', { kind: 'folder', path: 'services/pay', isAnchored: true, isDeep: true }],
    ['docs/*', { kind: 'folder', path: 'docs', isAnchored: false, isDeep: false }],
    ['apps/', { kind: 'folder', path: 'apps', isAnchored: false, isDeep: true }],
    ['**/logs', { kind: 'folder', path: 'logs', isAnchored: false, isDeep: true }],
    ['.github/', { kind: 'folder', path: '.github', isAnchored: false, isDeep: true }],
    ['*.js', { kind: 'several' }],
    ['/src/**/test/', { kind: 'several' }],
    ['/package.json', { kind: 'file' }],
    ['LICENSE', { kind: 'file' }],
  ])('%s names what it names', (pattern, place) => {
    expect(readCodeOwners(`${pattern} @ana`).rules[0]?.place).toEqual(place);
  });

  test.each<[string, string, boolean]>([
    ['/a/b/', '*', true],
    ['/a/b/', '/a/', true],
    ['/a/b/', '/a/*', false],
    ['/a/b/', '/*', false],
    ['/a/b/', 'b/', true],
    ['/ab/', '/a/', false],
    ['b/', '/a/b/', false],
    ['/a/', '/a/', true],
    ['/a/', '/a/b/', false],
  ])('of %s and then %s the last one that matches counts', (first, second, isReplaced) => {
    const { rules } = readCodeOwners(`${first} @ana\n${second} @ben\n`);
    const [rule] = rules;
    expect(rule && replacedBy(rule, rules)?.line).toBe(isReplaced ? 2 : undefined);
  });
});
