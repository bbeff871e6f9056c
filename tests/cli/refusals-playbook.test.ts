import { describe, test } from 'vitest';
import { type Case, checkRefusals } from './refusal-check.ts';

const { expectRefusal } = checkRefusals();

const page = (fields: string): string =>
  `version: 1\nplaybook:\n  - { key: pricing, name: Pricing review, purpose: To agree on prices, ${fields} }\n`;

describe('the playbook', () => {
  test.each<Case>([
    [
      'pages without an agenda',
      'version: 1\nplaybook:\n  - { key: a, name: A, purpose: To talk }\n  - { key: b, name: B, purpose: To talk, agenda: [] }\n  - { key: c, name: C, purpose: To talk, agenda: talk }\n',
      [
        '3: playbook[0].agenda: is missing; add "agenda: …"',
        '4: playbook[1].agenda: is empty, and a ritual needs an agenda; write one point at least',
        '5: playbook[2].agenda: must be a list, not the text "talk"; write it as [one, two]',
      ],
    ],
    [
      'a page without a name and a purpose',
      'version: 1\nplaybook:\n  - { key: a, agenda: [Talk] }\n',
      [
        '3: playbook[0].name: is missing; add "name: …"',
        '3: playbook[0].purpose: is missing; add "purpose: …"',
      ],
    ],
    [
      'keys and names that are taken',
      'version: 1\nplaybook:\n  - { key: digest, name: News, purpose: To tell, agenda: [Tell] }\n  - { key: mine, name: Roadmap Reviews, purpose: To tell, agenda: [Tell] }\n  - { key: mine, name: news, purpose: To tell, agenda: [Tell] }\n',
      [
        '3: playbook[0].key: "digest" is a ritual that comes with Cairn; choose another key',
        '4: playbook[1].name: the page "Roadmap review" is called so already; choose another',
        '5: playbook[2].key: "mine" is a key of this file already; give this entry another',
        '5: playbook[2].name: the page "News" is called so already; choose another',
      ],
    ],
    [
      'sources that nothing is gathered from',
      page('agenda: [Talk], sources: [slip, deferred, deferred]'),
      [
        '3: playbook[0].sources[0]: "slip" is none of deferred, changed-items, slips, stale-key-results, confidence-drops, unowned-rocks, waiting-handoffs, open-decisions, needs, overdue-actions, look-again, intents, loose-lines; did you mean "slips"?',
      ],
    ],
    [
      'what is too long or too much',
      page(
        `agenda: [${Array.from({ length: 21 }, (_, i) => `p${i}`).join(', ')}], inputs: [${'x'.repeat(201)}], questions: [${Array.from({ length: 11 }, (_, i) => `q${i}`).join(', ')}], timing: ${'y'.repeat(201)}`,
      ),
      [
        '3: playbook[0].agenda: has 21 entries; 20 are allowed',
        '3: playbook[0].inputs[0]: is 201 characters long; 200 are allowed',
        '3: playbook[0].questions: has 11 entries; 10 are allowed',
        '3: playbook[0].timing: is 201 characters long; 200 are allowed',
      ],
    ],
    [
      'what is not known of a page',
      page('agenda: [Talk], agneda: [Talk]'),
      ['3: playbook[0].agneda: is not known; did you mean "agenda"?'],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});
