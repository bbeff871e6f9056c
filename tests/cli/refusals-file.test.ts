import { describe, expect, test } from 'vitest';
import { type Case, checkRefusals } from './refusal-check.ts';

const { expectRefusal, importFile } = checkRefusals();

test('a file with five mistakes has all five told, in the order of the file', async () => {
  await expectRefusal(
    `version: 1
people:
  ana: { email: ana@acme.example }
  ben: { email: ben@acme.example }
teams:
  - { key: checkout, name: Checkout, lead: anna }
rocks:
  - key: payments
    name: Payments
    owner: bne
    wieght: 3
  - key: invoices
    importance: urgent
    name: Invoices
    aliases: [payment]
`,
    [
      '6: teams[0].lead: nobody is called "anna"; did you mean "ana"?',
      '10: rocks[0].owner: nobody is called "bne"; did you mean "ben"?',
      '11: rocks[0].wieght: is not known; did you mean "weight"?',
      '13: rocks[1].importance: "urgent" is not known here; use one of critical, very-important, important, nice-to-have, not-important',
      '15: rocks[1].aliases[0]: "payment" is the key of "payments" already; leave it out or choose another',
    ],
  );
});

describe('the text of the file', () => {
  test.each<Case>([
    ['empty', '', ['1: version: is missing; begin the file with "version: 1"']],
    ['a list', '- a\n', ['1: the file must be a map; begin it with "version: 1"']],
    ['prose', 'hello\n', ['1: the file must be a map; begin it with "version: 1"']],
    [
      'another version',
      'version: 2\n',
      [
        '1: version: this version of Cairn reads version 1 of the format, not 2; write "version: 1" and mend what is then told',
      ],
    ],
    [
      'indented by a tab',
      'version: 1\npeople:\n\tana: {}\n',
      ['3: YAML: a tab is used as indentation; use spaces'],
    ],
    [
      'not YAML',
      'version: 1\nrocks:\n  - { key: a, name: A\n',
      [
        '4: YAML: Flow map in block collection must be sufficiently indented and end with a }; check the indentation, quotes and brackets here',
      ],
    ],
    [
      'two documents',
      'version: 1\n---\nversion: 1\n',
      ['2: YAML: a second document begins here; put everything into one'],
    ],
    [
      'an unknown tag',
      'version: 1\npeople: !who {}\n',
      ['2: YAML: a tag (!…) is not known here; take it out'],
    ],
    [
      'nested too deeply',
      `version: 1\npeople: ${'['.repeat(5_000)}\n`,
      ['2: YAML: lists or maps stand in each other too deeply; look for a bracket that is not closed'],
    ],
    [
      'a key twice',
      'version: 1\nteams:\n  - key: a\n    name: A\n    name: B\n',
      ['5: teams[0].name: the key "name" is there twice; keep one'],
    ],
    [
      'an alias of itself',
      'version: 1\npeople: &all\n  ana: *all\n',
      [
        '3: people.ana: is an alias of what it stands in; write the value out',
        '3: people.ana: has neither email nor slack; add one, so that they can be found in Slack',
      ],
    ],
    [
      'a list as a key',
      'version: 1\npeople:\n  ? [a]\n  : {}\n',
      ['3: people: has an entry without a plain key; write "key: value"'],
    ],
    ['an unknown section', 'version: 1\nrokcs: []\n', ['2: rokcs: is not known; did you mean "rocks"?']],
    [
      'sections of the wrong kind',
      'version: 1\npeople: [ana]\nrocks: { a: b }\nteams: 3\n',
      [
        '2: people: must be a map, not a list; write "ana: { email: ana@acme.example }"',
        '3: rocks: must be a list, not a map; begin each entry with "- key: …"',
        '4: teams: must be a list, not a number; begin each entry with "- key: …"',
      ],
    ],
    [
      'names that every object has',
      'version: 1\n__proto__: 1\nrocks: [{ key: a, name: A, __proto__: 1, owner: toString }]\n',
      [
        '2: __proto__: is not known; known are version, settings, people, teams, rocks, strategy, cycles, objectives, roadmap, playbook, cadences, calendar, accounts',
        '3: rocks[0].__proto__: is not known; known are key, name, summary, aliases, owner, backups, team, channel, type, supports, discipline, importance, weight, visibility, links, owned_since, confirmed, acting, contributors, set_down, retired, lent',
        '3: rocks[0].owner: nobody is called "toString"; add them under people',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));

  test('bytes that are no text', async () => {
    const run = await importFile(Buffer.from([0xff, 0xfe, 0x00]));
    expect(run).toEqual({ status: 1, out: [], err: ['company.yaml is not UTF-8 text; save it as UTF-8.'] });
  });

  test('more than 10 MB', async () => {
    const run = await importFile(`version: 1\n${'#'.repeat(10 * 1024 * 1024)}`);
    expect(run).toEqual({
      status: 1,
      out: [],
      err: ['company.yaml is longer than 10 MB; is it the right file?'],
    });
  });
});
