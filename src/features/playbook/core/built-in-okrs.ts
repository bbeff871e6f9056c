import type { Page } from './page.ts';

/** The rituals of a cycle: how it begins, how it goes, and how it ends. */
export const okrPages: readonly Page[] = [
  {
    id: null,
    key: 'okr-planning',
    name: 'OKR planning',
    purpose:
      'Decide together what the next cycle is for, before it begins. A draft that everybody has read is worth more than a perfect one that nobody has.',
    inputs: [
      'Each team: its objectives and key results for the next cycle, drafted with /okr add',
      'Leads: what they need of other teams',
      'Product operations: what is carried over from the cycle that ends',
    ],
    agenda: [
      'What is drafted: does each objective support a line of the strategy?',
      'What is missing: owners, key results, first values',
      'What we promise, and where we aim high',
      'Who needs whom, and whether they have said yes',
      'Start the cycle, or name what still has to happen first',
    ],
    outputs: [
      'A cycle that has started, or is ready to',
      'An owner for every key result',
      'Needs that both teams know of',
    ],
    roles: [
      'Team leads: bring the drafts and start the cycle',
      'Owners: say what they can promise',
      'Product operations: sees to it that nothing is left open',
    ],
    timing: 'Two weeks before the cycle begins, an hour for each group of teams',
    questions: [],
    sources: [],
  },
  {
    id: null,
    key: 'okr-check-in',
    name: 'OKR check-in',
    purpose:
      'See every week where each key result stands and how sure its owner is, while there is still time to do something about it. It is no report: a low number said early is a help.',
    inputs: ['Owners of key results: the value of today, a confidence from 0 to 10, and what changed'],
    agenda: [
      'Owners answer in their own time; a minute for each key result',
      'What is at risk, and who can help',
      'What moved since last time',
      'What we have not heard of yet',
    ],
    outputs: [
      'A value and a confidence for every key result',
      'A summary in the thread that anybody can read',
      'Help for what is at risk',
    ],
    roles: [
      'Owner: answers',
      'Backup: answers while the owner is away',
      'Reviewer: hears of doubts early, and of what nobody answered for',
    ],
    timing: 'Every week, on Monday morning. It closes after two working days',
    questions: [],
    sources: [],
  },
  {
    id: null,
    key: 'okr-close',
    name: 'OKR close',
    purpose:
      'Grade what the cycle has brought, honestly and without blame, and decide what goes on. What we learn here is what the next plan stands on.',
    inputs: [
      'Owners of key results: a score from 0.0 to 1.0, what happened, and what shall become of it',
      'Reviewers: a word on the promises that were missed',
    ],
    agenda: [
      'Each owner grades what is theirs',
      'Promises that were missed: what got in the way?',
      'What is done, what is carried over, what we drop',
      'What we would do otherwise next time',
      'Close the cycle',
    ],
    outputs: [
      'A score for every key result',
      'What is carried over, ready in the next cycle',
      'The results, posted for everybody',
    ],
    roles: [
      'Owners: grade',
      'Reviewers and leads: grade what nobody else has',
      'Team leads: close the cycle',
    ],
    timing: 'In the last days of the cycle; a week is enough for it',
    questions: [],
    sources: [],
  },
];
