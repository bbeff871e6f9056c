import { describe, expect, test } from 'vitest';
import { type Case, checkRefusals } from './refusal-check.ts';

const { expectRefusal, importFile } = checkRefusals();

const rock = (fields: string): string => `version: 1\nrocks:\n  - { key: a, name: A, ${fields} }\n`;

describe('what the issue names', () => {
  test.each<Case>([
    [
      'a person nobody knows',
      rock('owner: zoe'),
      ['3: rocks[0].owner: nobody is called "zoe"; add them under people'],
    ],
    [
      'weight 9',
      rock('weight: 9'),
      ['3: rocks[0].weight: 9 is not a weight; use a whole number from 1 to 5'],
    ],
    [
      'a link to a script',
      rock('links: [{ label: Docs, url: "javascript:alert(1)" }]'),
      [
        '3: rocks[0].links[0].url: "javascript:alert(1)" is not a web address; write it with https:// or http://',
      ],
    ],
    [
      'an alias that another rock has',
      rock('aliases: [Chargeback]'),
      [
        '3: rocks[0].aliases[0]: "Chargeback" is an alias of "present-rock" already; leave it out or choose another',
      ],
    ],
    [
      'a backup who is the owner',
      rock('owner: pia, backups: [pia]'),
      ['3: rocks[0].backups[0]: "pia" is the owner, who cannot stand in for themself; name somebody else'],
    ],
    [
      'a name of 300 characters',
      `version: 1\nrocks:\n  - { key: a, name: ${'x'.repeat(300)} }\n`,
      ['3: rocks[0].name: is 300 characters long; 100 are allowed'],
    ],
    [
      'a loan that ended yesterday',
      rock('owner: pia, lent: { to: sol, until: 2026-11-19 }'),
      [
        '3: rocks[0].lent.until: 2026-11-19 is over (it is 2026-11-20), and so is the loan; name a day to come, or take it out',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

describe('how a rock stands', () => {
  test.each<Case>([
    [
      'set down and owned at once',
      rock('owner: pia, set_down: { why: Later }'),
      ['3: rocks[0].set_down: is there, and "pia" owns the rock; take one of the two out'],
    ],
    [
      'retired and owned at once, or set down too',
      rock('owner: pia, set_down: { why: Later }, retired: { why: Over }'),
      [
        '3: rocks[0].set_down: is there, and the rock is retired; take one of the two out',
        '3: rocks[0].set_down: is there, and "pia" owns the rock; take one of the two out',
        '3: rocks[0].retired: is there, and "pia" owns the rock; take one of the two out',
      ],
    ],
    [
      'what only an owner can have, without one',
      rock('owned_since: 2025-03-01, confirmed: false, acting: true, lent: { to: sol, until: 2026-12-24 }'),
      [
        '3: rocks[0].owned_since: is there, and nobody owns the rock; add "owner: …", or take it out',
        '3: rocks[0].confirmed: is there, and nobody owns the rock; add "owner: …", or take it out',
        '3: rocks[0].acting: is there, and nobody owns the rock; add "owner: …", or take it out',
        '3: rocks[0].lent: is there, and nobody owns the rock; add "owner: …", or take it out',
      ],
    ],
    [
      'retired into itself, and into nothing',
      'version: 1\nrocks:\n  - { key: a, name: A, retired: { into: a } }\n  - { key: b, name: B, retired: { into: presnt-rock } }\n',
      [
        '3: rocks[0].retired.into: "a" is this rock; name the one that it went into, or leave it out',
        '4: rocks[1].retired.into: there is no rock "presnt-rock"; did you mean "present-rock"?',
      ],
    ],
    [
      'retired into itself by a way around',
      'version: 1\nrocks:\n  - { key: a, name: A, retired: { into: b } }\n  - { key: b, name: B, retired: { into: c } }\n  - { key: c, name: C, retired: { into: a } }\n',
      ['3: rocks[0].retired.into: "a" would go into itself through "b", "c"; take one `into` out'],
    ],
    [
      'a loan to the owner, or to nobody known',
      'version: 1\nrocks:\n  - { key: a, name: A, owner: pia, lent: { to: pia, until: 2026-12-24 } }\n  - { key: b, name: B, owner: pia, lent: { to: zoe } }\n',
      [
        '3: rocks[0].lent.to: "pia" is the owner, who cannot borrow it; name somebody else',
        '4: rocks[1].lent.until: is missing; add "until: …"',
        '4: rocks[1].lent.to: nobody is called "zoe"; add them under people',
      ],
    ],
    [
      'days that are yet to come, or before others',
      'version: 1\nrocks:\n  - { key: a, name: A, owner: pia, owned_since: 2026-11-21, confirmed: 2026-11-22 }\n  - { key: b, name: B, owner: pia, owned_since: 2026-03-01, confirmed: 2026-02-28 }\n  - { key: c, name: C, set_down: { why: Later, on: 2026-11-21 } }\n  - { key: d, name: D, set_down: { why: Later, look_again: 2026-11-19 } }\n  - { key: e, name: E, retired: { on: 2027-01-01 } }\n',
      [
        '3: rocks[0].owned_since: 2026-11-21 is yet to come (it is 2026-11-20); write a day that was',
        '3: rocks[0].confirmed: 2026-11-22 is yet to come (it is 2026-11-20); write a day that was',
        '4: rocks[1].confirmed: 2026-02-28 is before they owned it (2026-03-01); mend one of them',
        '5: rocks[2].set_down.on: 2026-11-21 is yet to come (it is 2026-11-20); write a day that was',
        '6: rocks[3].set_down.look_again: 2026-11-19 is before it was set down (today, 2026-11-20); mend one of them',
        '7: rocks[4].retired.on: 2027-01-01 is yet to come (it is 2026-11-20); write a day that was',
      ],
    ],
    [
      'values of the wrong kind',
      'version: 1\nrocks:\n  - { key: a, name: A, owner: pia, confirmed: maybe, acting: yes, lent: sol }\n  - { key: b, name: B, set_down: true, contributors: [{ person: pia, discipline: sales }, { person: zoe }] }\n  - { key: c, name: C, set_down: { by: pia } }\n',
      [
        '3: rocks[0].confirmed: "maybe" is no day; write it as 2026-10-01, or false where the owner has yet to confirm',
        '3: rocks[0].acting: must be true or false, not the text "yes"; write true, or leave it out',
        '3: rocks[0].lent: must be a map, not the text "sol"; write to and until with their values',
        '4: rocks[1].set_down: must be a map, not true or false; write why and by with their values',
        '4: rocks[1].contributors[0].discipline: "sales" is not known here; use one of product-marketing, strategy, product-operations, technical-pm, project-management, design, research, engineering, data',
        '4: rocks[1].contributors[1].discipline: is missing; add "discipline: …"',
        '4: rocks[1].contributors[1].person: nobody is called "zoe"; add them under people',
        '5: rocks[2].set_down.why: is missing; add "why: …"',
      ],
    ],
    [
      'who may see it',
      'version: 1\nrocks:\n  - { key: a, name: A, visibility: team }\n  - { key: b, name: B, visibility: [pia, zoe, pia] }\n',
      [
        '3: rocks[0].visibility: is team, and the rock has none; add "team: …"',
        '4: rocks[1].visibility[1]: nobody is called "zoe"; add them under people',
        '4: rocks[1].visibility[2]: "pia" is there twice; take one out',
      ],
    ],
    [
      'a contributor twice for one discipline',
      rock('contributors: [{ person: pia, discipline: design }, { person: pia, discipline: design }]'),
      ['3: rocks[0].contributors[1]: "pia" is there twice for design; take one out'],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

describe('people, teams and settings', () => {
  test.each<Case>([
    [
      'limits and admins',
      'version: 1\npeople:\n  ana: { email: a@x.example, limit: 0, admin: sometimes }\n',
      [
        '3: people.ana.limit: 0 is not a limit; use a whole number from 1 to 500',
        '3: people.ana.admin: must be true or false, not the text "sometimes"; write true, or leave it out',
      ],
    ],
    [
      'members of teams',
      'version: 1\nteams: [{ key: t, name: T, members: [pia, zoe, pia] }]\n',
      [
        '2: teams[0].members[1]: nobody is called "zoe"; add them under people',
        '2: teams[0].members[2]: "pia" is there twice; take one out',
      ],
    ],
    [
      'settings',
      'version: 1\nsettings:\n  backpack_limit: 501\n  release_after: P1D\n  product_operations: #ops\n  leaders: leaders\n  zone: UTC\n',
      [
        '3: settings.backpack_limit: 501 is not a limit; use a whole number from 1 to 500',
        '4: settings.release_after: "P1D" is not a time of at most 720 hours; write it as PT24H',
        '5: settings.product_operations: is empty, since # begins a comment; put the channel in quotes, such as "#payments"',
        '6: settings.leaders: "leaders" is not a channel; write its name as in Slack, in quotes, such as "#payments"',
        '7: settings.zone: is not known; known are backpack_limit, release_after, product_operations, leaders',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

test('a day that is judged for new rocks is left alone for one that is there, where nothing would be done', async () => {
  const text =
    'version: 1\nrocks: [{ key: present-rock, name: Refunds, aliases: [chargebacks], owner: pia, lent: { to: sol, until: 2026-11-19 } }]\n';
  expect(await importFile(text)).toMatchObject({ status: 0, err: [] });
});
