import { describe, test } from 'vitest';
import { type Case, checkRefusals } from './refusal-check.ts';

const { expectRefusal } = checkRefusals();

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
