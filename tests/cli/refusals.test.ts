import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { countRows, importText } from './cairn.ts';

let database: TestDatabase;
let rows: number;
beforeAll(async () => {
  database = await createTestDatabase();
  const run = await importText(database.url, present);
  expect(run.err).toEqual([]);
  rows = await countRows(database.db);
});
afterAll(async () => {
  await database.close();
});

/** What the workspace has before: files may refer to it and may not contradict it. */
const present = `version: 1
people:
  pia: { email: pia@acme.example }
  sol: { slack: U0SOL }
teams: [{ key: present-team, name: Present }]
cycles: [{ key: 2026-Q3, starts: 2026-07-01, ends: 2026-09-30 }]
rocks: [{ key: present-rock, name: Refunds, aliases: [chargebacks] }]
objectives: [{ key: present-goal, title: Goal, cycle: 2026-Q3 }]
`;

type Case = [does: string, text: string, lines: string[]];

async function expectRefusal(text: string, lines: string[]): Promise<void> {
  const run = await importText(database.url, text);
  const count = lines.length === 1 ? '1 problem' : `${lines.length} problems`;
  expect(run).toEqual({
    status: 1,
    out: [],
    err: [...lines.map((line) => `company.yaml:${line}`), `Nothing was written: ${count} in company.yaml.`],
  });
  expect(await countRows(database.db)).toBe(rows);
}

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
        '2: __proto__: is not known; known are version, people, teams, rocks, cycles, objectives, cadences',
        '3: rocks[0].__proto__: is not known; known are key, name, summary, aliases, owner, backups, team, channel, type, supports, discipline, importance, weight, visibility, links',
        '3: rocks[0].owner: nobody is called "toString"; add them under people',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));

  test('bytes that are no text', async () => {
    const run = await importText(database.url, Buffer.from([0xff, 0xfe, 0x00]));
    expect(run).toEqual({ status: 1, out: [], err: ['company.yaml is not UTF-8 text; save it as UTF-8.'] });
  });

  test('more than 10 MB', async () => {
    const run = await importText(database.url, `version: 1\n${'#'.repeat(10 * 1024 * 1024)}`);
    expect(run).toEqual({ status: 1, out: [], err: ['company.yaml has 11 MB; 10 MB are allowed.'] });
  });
});

describe('parts of the format that later versions read are refused by name', () => {
  test.each<Case>([
    [
      'sections',
      'version: 1\nstrategy: { vision: x }\nroadmap: []\naccounts: []\n',
      [
        '2: strategy: this version of Cairn does not read `strategy` yet; leave it out',
        '3: roadmap: this version of Cairn does not read `roadmap` yet; leave it out',
        '4: accounts: this version of Cairn does not read `accounts` yet; leave it out',
      ],
    ],
    [
      "a rock's supports",
      'version: 1\nrocks: [{ key: a, name: A, supports: fewer-failures }]\n',
      ['2: rocks[0].supports: this version of Cairn does not read `supports` yet; leave it out'],
    ],
    [
      "an objective's supports that is no objective",
      'version: 1\nobjectives: [{ key: a, title: A, cycle: 2026-Q3, supports: fewer-failures }]\n',
      [
        '2: objectives[0].supports: "fewer-failures" is no objective, and this version of Cairn does not read initiatives and intents in `supports` yet; name an objective or leave it out',
      ],
    ],
    [
      'a narrow visibility, so that nothing meant for few is shown to all',
      'version: 1\nrocks:\n  - { key: a, name: A, visibility: team }\n  - { key: b, name: B, visibility: [pia] }\n',
      [
        '3: rocks[0].visibility: this version of Cairn shows every rock to the whole workspace, so this one is refused, that nothing meant for few is shown to all; leave the rock out',
        '4: rocks[1].visibility: this version of Cairn shows every rock to the whole workspace, so this one is refused, that nothing meant for few is shown to all; leave the rock out',
      ],
    ],
    [
      'rituals that are not held yet',
      'version: 1\ncadences: [{ key: w, ritual: digest, channel: "#x", schedule: "0 9 * * MON" }]\n',
      ['2: cadences[0].ritual: this version of Cairn does not hold `digest` yet; leave this cadence out'],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

describe('people and teams', () => {
  test.each<Case>([
    [
      'somebody whom nothing in Slack tells',
      'version: 1\npeople:\n  ana: {}\n  ben:\n',
      [
        '3: people.ana: has neither email nor slack; add one, so that they can be found in Slack',
        '4: people.ben: has neither email nor slack; add one, so that they can be found in Slack',
      ],
    ],
    [
      'two with one address or member ID',
      'version: 1\npeople:\n  ana: { email: a@acme.example, slack: U01 }\n  ben: { email: A@Acme.example, slack: U01 }\n',
      [
        '4: people.ben.email: is "ana"\'s already; one person has one short name',
        '4: people.ben.slack: is "ana"\'s already; one person has one short name',
      ],
    ],
    [
      'one who has another short name here',
      'version: 1\npeople:\n  pia2: { email: PIA@acme.example }\n',
      ['3: people.pia2: is the same person as "pia" here; use that short name'],
    ],
    [
      "one with somebody else's member ID",
      'version: 1\npeople:\n  pia: { slack: U0SOL }\n',
      [
        '3: people.pia.slack: is "sol"\'s here, who is not "pia"; take it out, or use a new short name for them',
      ],
    ],
    [
      'what is no name, address or ID',
      'version: 1\npeople:\n  Ana B: { email: nope }\n  ben: { slack: ben, emial: x }\n',
      [
        '3: people["Ana B"]: "Ana B" is not a short name; use small letters a to z, digits, dots, hyphens and underscores',
        '3: people["Ana B"].email: "nope" is not an email address; write it as ana@acme.example',
        '4: people.ben.slack: "ben" is not a member ID of Slack; write it as U01ANA',
        '4: people.ben.emial: is not known; did you mean "email"?',
      ],
    ],
    [
      'teams with wrong fields',
      'version: 1\nteams:\n  - { name: 12 }\n  - { key: A B, name: "", lead: nobody-at-all, channel: x }\n  - { key: ok, name: Ok }\n  - { key: ok, name: Ok }\n  - ops\n',
      [
        '3: teams[0].key: is missing; add "key: …"',
        '3: teams[0].name: must be text, and 12 is a number to YAML; put it in quotes',
        '4: teams[1].key: "A B" is not a key; use small letters a to z, digits and hyphens, such as "a-b"',
        '4: teams[1].name: is empty; write something or leave it out',
        '4: teams[1].lead: nobody is called "nobody-at-all"; add them under people',
        '4: teams[1].channel: "x" is not a channel; write its name as in Slack, in quotes, such as "#payments"',
        '6: teams[3].key: "ok" is a key of this file already; give this entry another',
        '7: teams[4]: must be a map, not the text "ops"; write key and name with their values',
      ],
    ],
    [
      'a channel that became a comment',
      'version: 1\nteams:\n  - key: ops\n    name: Ops\n    channel: #ops\n',
      [
        '5: teams[0].channel: is empty, since # begins a comment; put the channel in quotes, such as "#payments"',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

describe('rocks', () => {
  test.each<Case>([
    [
      'unknown people and teams',
      'version: 1\nrocks: [{ key: a, name: A, owner: pai, backups: [sol, zoe], team: presen-team }]\n',
      [
        '2: rocks[0].owner: nobody is called "pai"; did you mean "pia"?',
        '2: rocks[0].backups[1]: nobody is called "zoe"; add them under people',
        '2: rocks[0].team: there is no team "presen-team"; did you mean "present-team"?',
      ],
    ],
    [
      'a backup who is the owner, or named twice',
      'version: 1\nrocks: [{ key: a, name: A, owner: pia, backups: [sol, pia] }, { key: b, name: B, backups: [sol, sol] }]\n',
      [
        '2: rocks[0].backups[1]: "pia" is the owner, who cannot stand in for themself; name somebody else',
        '2: rocks[1].backups[1]: "sol" is there twice; take one out',
      ],
    ],
    [
      'words that are none of the known',
      'version: 1\nrocks: [{ key: a, name: A, type: aera, discipline: sales, visibility: all }]\n',
      [
        '2: rocks[0].type: "aera" is none of area, activity; did you mean "area"?',
        '2: rocks[0].discipline: "sales" is not known here; use one of product-marketing, strategy, product-operations, technical-pm, project-management, design, research, engineering, data',
        '2: rocks[0].visibility: "all" is none of workspace, team or a list of people; write workspace',
      ],
    ],
    [
      'weights outside 1 to 5',
      'version: 1\nrocks: [{ key: a, name: A, weight: 0 }, { key: b, name: B, weight: 6 }, { key: c, name: C, weight: 1.5 }, { key: d, name: D, weight: heavy }]\n',
      [
        '2: rocks[0].weight: 0 is not a weight; use a whole number from 1 to 5',
        '2: rocks[1].weight: 6 is not a weight; use a whole number from 1 to 5',
        '2: rocks[2].weight: 1.5 is not a weight; use a whole number from 1 to 5',
        '2: rocks[3].weight: must be a number, not the text "heavy"; write digits alone, such as 4.2',
      ],
    ],
    [
      'links that lead nowhere',
      'version: 1\nrocks:\n  - { key: a, name: A, links: [{ label: A, url: "ftp://x" }, { lable: B, url: "javascript:1" }, x] }\n',
      [
        '3: rocks[0].links[0].url: "ftp://x" is not a web address; write it with https:// or http://',
        '3: rocks[0].links[1].label: is missing; add "label: …"',
        '3: rocks[0].links[1].lable: is not known; did you mean "label"?',
        '3: rocks[0].links[1].url: "javascript:1" is not a web address; write it with https:// or http://',
        '3: rocks[0].links[2]: must be a map, not the text "x"; write label and url with their values',
      ],
    ],
    [
      "aliases that are another rock's key, name or alias, in the file",
      'version: 1\nrocks:\n  - { key: psp, name: Money in, aliases: [Cards] }\n  - key: b\n    name: B\n    aliases:\n      - PSPs\n      - money-in\n      - card\n      - b2\n      - B2\n',
      [
        '7: rocks[1].aliases[0]: "PSPs" is the key of "psp" already; leave it out or choose another',
        '8: rocks[1].aliases[1]: "money-in" is the name of "psp" already; leave it out or choose another',
        '9: rocks[1].aliases[2]: "card" is an alias of "psp" already; leave it out or choose another',
        '11: rocks[1].aliases[4]: "B2" is an alias of this rock already; leave it out or choose another',
      ],
    ],
    [
      'the same with rocks of the workspace',
      'version: 1\nrocks:\n  - { key: chargeback, name: A, aliases: [refund, present rock] }\n  - { key: b, name: Chargebacks }\n',
      [
        '3: rocks[0].key: "chargeback" is an alias of "present-rock" already; choose another, or take that alias away',
        '3: rocks[0].aliases[0]: "refund" is the name of "present-rock" already; leave it out or choose another',
        '3: rocks[0].aliases[1]: "present rock" is the key of "present-rock" already; leave it out or choose another',
        '4: rocks[1].name: "Chargebacks" is an alias of "present-rock" already; choose another, or take that alias away',
      ],
    ],
    [
      'text that cannot be shown or is too long',
      `version: 1\nrocks:\n  - { key: a, name: "a\\u0007b", summary: "a\\tb", aliases: ["a\\nb", "${'x'.repeat(81)}", "!!"] }\n  - { key: b, name: ${'y'.repeat(101)}, summary: ${'é'.repeat(501)} }\n`,
      [
        '3: rocks[0].name: has control characters or line breaks in it; write one plain line',
        '3: rocks[0].summary: has control characters in it; take them out',
        '3: rocks[0].aliases[0]: has control characters or line breaks in it; write one plain line',
        '3: rocks[0].aliases[1]: is 81 characters long; 80 are allowed',
        '3: rocks[0].aliases[2]: "!!" has no letter or digit to be found by; choose another name',
        '4: rocks[1].name: is 101 characters long; 100 are allowed',
        '4: rocks[1].summary: is 501 characters long; 500 are allowed',
      ],
    ],
    [
      'too many aliases and links',
      `version: 1\nrocks:\n  - key: a\n    name: A\n    aliases: [${Array.from({ length: 21 }, (_, i) => `n${i}`)}]\n    links: [${Array.from({ length: 11 }, (_, i) => `{ label: L, url: "https://x.example/${i}" }`)}]\n`,
      [
        '5: rocks[0].aliases: has 21 entries; 20 are allowed',
        '6: rocks[0].links: has 11 entries; 10 are allowed',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

describe('cycles, objectives and key results', () => {
  test.each<Case>([
    [
      'days that do not exist, and cycles that end before they start',
      'version: 1\ncycles:\n  - { key: a, starts: 2026-02-30, ends: 2026-12-31 }\n  - { key: b, starts: 2026-10-01, ends: 2026-09-30 }\n  - { key: c, starts: soon, ends: 0000-01-01 }\n  - { key: current, starts: 2026-10-01, ends: 2026-10-31 }\n',
      [
        '3: cycles[0].starts: "2026-02-30" does not exist; look at a calendar',
        '4: cycles[1].ends: 2026-09-30 is before the cycle starts (2026-10-01); mend one of them',
        '5: cycles[2].starts: "soon" is not a date; write it as 2026-10-01',
        '5: cycles[2].ends: "0000-01-01" does not exist; look at a calendar',
        '6: cycles[3].key: "current" means the cycle of the day; choose another key',
      ],
    ],
    [
      'references to nothing',
      'version: 1\nobjectives:\n  - { key: a, title: A, cycle: 2026-Q2, owner: pai, reviewer: slo, team: x, needs: [y], supports: present-gaol }\n',
      [
        '3: objectives[0].cycle: there is no cycle "2026-Q2"; did you mean "2026-Q3"?',
        '3: objectives[0].owner: nobody is called "pai"; did you mean "pia"?',
        '3: objectives[0].reviewer: nobody is called "slo"; did you mean "sol"?',
        '3: objectives[0].team: there is no team "x"; add it under teams',
        '3: objectives[0].needs[0]: there is no team "y"; add it under teams',
        '3: objectives[0].supports: "present-gaol" is no objective, and this version of Cairn does not read initiatives and intents in `supports` yet; did you mean "present-goal"?',
      ],
    ],
    [
      'an objective that supports itself, also through others and through the workspace',
      'version: 1\nobjectives:\n  - { key: a, title: A, cycle: 2026-Q3, supports: a }\n  - { key: b, title: B, cycle: 2026-Q3, supports: c }\n  - { key: c, title: C, cycle: 2026-Q3, supports: d }\n  - { key: d, title: D, cycle: 2026-Q3, supports: b }\n',
      [
        '3: objectives[0].supports: "a" would support itself; take one `supports` out',
        '4: objectives[1].supports: "b" would support itself through "c", "d"; take one `supports` out',
      ],
    ],
    [
      'missing and repeated keys',
      'version: 1\nobjectives:\n  - { key: a, cycle: 2026-Q3, key_results: [{ key: k, title: K, start: 1, target: 2 }] }\n  - { key: a, title: A, cycle: 2026-Q3, key_results: [{ key: k, title: K, start: 1, target: 2 }, { title: K, start: 1, target: 2 }] }\n',
      [
        '3: objectives[0].title: is missing; add "title: …"',
        '4: objectives[1].key: "a" is a key of this file already; give this entry another',
        '4: objectives[1].key_results[0].key: "k" is a key of this file already; give this entry another',
        '4: objectives[1].key_results[1].key: is missing; add "key: …"',
      ],
    ],
    [
      'measures that do not fit together',
      `version: 1
objectives:
  - key: a
    title: A
    cycle: 2026-Q3
    key_results:
      - { key: k1, title: K, start: 3, target: 3 }
      - { key: k2, title: K, start: baseline, target: 3 }
      - { key: k3, title: K, start: 1, target: 3, direction: down }
      - { key: k4, title: K, target: 3 }
      - { key: k5, title: K, start: 3 }
      - { key: k6, title: K, start: basline, target: three, current: .nan }
      - { key: k7, title: K, start: 1, target: 2, owner: pia, backup: pia }
      - { key: k8, title: K, type: percentage, commitment: hoped, direction: sideways }
      - { key: k9, title: K, type: milestone, direction: down }
`,
      [
        '7: objectives[0].key_results[0].target: is where it starts (3); say direction: maintain if the value shall stay',
        '8: objectives[0].key_results[1].direction: is missing, and a baseline does not tell it; add "direction: up", down or maintain',
        '9: objectives[0].key_results[2].direction: is down, and from 1 to 3 is up; mend one of the three',
        '10: objectives[0].key_results[3].start: is missing; add "start: …", or "start: baseline" where the first value is to be found',
        '11: objectives[0].key_results[4].target: is missing; add "target: …"',
        '12: objectives[0].key_results[5].start: "basline" is not a start; write a number, or baseline where the first value is to be found',
        '12: objectives[0].key_results[5].target: must be a number, not the text "three"; write digits alone, such as 4.2',
        '12: objectives[0].key_results[5].current: must be a number, not NaN; write digits alone, such as 4.2',
        '13: objectives[0].key_results[6].backup: "pia" is the owner, who cannot stand in for themself; name somebody else',
        '14: objectives[0].key_results[7].type: "percentage" is none of number, percent, currency, milestone; did you mean "percent"?',
        '14: objectives[0].key_results[7].commitment: "hoped" is not known here; use one of committed, aspirational',
        '14: objectives[0].key_results[7].direction: "sideways" is not known here; use one of up, down, maintain',
        '15: objectives[0].key_results[8].direction: is down, and from 0 to 1 is up; mend one of the three',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

describe('cadences', () => {
  const cadence = (fields: string): string =>
    `version: 1\ncadences:\n  - { key: w, ritual: okr-check-in, channel: "#x", schedule: "0 9 * * MON", ${fields} }\n`;

  test.each<Case>([
    [
      'schedules that cannot be read or never come',
      'version: 1\ncadences:\n  - { key: a, ritual: okr-check-in, channel: "#x", schedule: weekly }\n  - { key: b, ritual: okr-check-in, channel: "#x", schedule: "0 9 * * XYZ" }\n  - { key: c, ritual: okr-check-in, channel: "#x", schedule: "0 9 30 2 *" }\n  - { key: c, ritual: okr-chekin, schedule: "0 9 * * 1" }\n',
      [
        '3: cadences[0].schedule: "weekly" is not a schedule: a cron has five fields, such as "0 9 * * MON"; write it like "0 9 * * MON", Mondays at nine',
        '4: cadences[1].schedule: "XYZ" is not a weekday (0 to 7); write it like "0 9 * * MON", Mondays at nine',
        '5: cadences[2].schedule: "0 9 30 2 *" never comes; name a day that exists',
        '6: cadences[3].channel: is missing; add "channel: …"',
        '6: cadences[3].key: "c" is a key of this file already; give this entry another',
        '6: cadences[3].ritual: "okr-chekin" is not a ritual; did you mean "okr-check-in"?',
      ],
    ],
    [
      'an unknown zone',
      cadence('timezone: Europe/Berln'),
      ['3: cadences[0].timezone: "Europe/Berln" is not a time zone; did you mean "Europe/Berlin"?'],
    ],
    [
      'an offset as a zone',
      cadence('timezone: "+02:00"'),
      ['3: cadences[0].timezone: "+02:00" is not a time zone; use a name such as Europe/Berlin'],
    ],
    [
      'lengths of time that mix days and hours, or are none',
      cadence('nudge_after: P1DT2H, close_after: two days, catch_up: PT'),
      [
        '3: cadences[0].nudge_after: "P1DT2H" mixes days, which are working days, with plain time; write working days as P2D or plain time as PT12H',
        '3: cadences[0].close_after: "two days" is not a length of time; write working days as P2D or plain time as PT12H',
        '3: cadences[0].catch_up: "PT" is not a length of time; write working days as P2D or plain time as PT12H',
      ],
    ],
    [
      'unknown teams, cycles and states',
      cadence('teams: [present-tema], cycle: 2026-Q1, state: ended'),
      [
        '3: cadences[0].teams[0]: there is no team "present-tema"; did you mean "present-team"?',
        '3: cadences[0].cycle: there is no cycle "2026-Q1"; did you mean "2026-Q3"?',
        '3: cadences[0].state: "ended" is not known here; use one of active, paused',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});
