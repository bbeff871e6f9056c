import type { Page } from './page.ts';

/** The rituals in which people look at what there is, and decide. */
export const reviewPages: readonly Page[] = [
  {
    id: null,
    key: 'roadmap-review',
    name: 'Roadmap review',
    purpose:
      'Look once a month at what moved, what slipped, and what waits for a decision, so that nobody has to ask around. What was decided last time is not talked about again.',
    inputs: [
      'Owners of roadmap items: what changed, and the date they believe in today',
      'Drivers of open decisions: the options, and the one they would take',
      'Leads: what they need of other teams',
    ],
    agenda: [
      'What we put off last time',
      'What changed on the roadmap, and which dates slipped',
      'Key results that went quiet, or lost confidence',
      'Rocks nobody carries, and handoffs that wait',
      'Decisions that are open, or due for another look',
      'What teams need of each other, and actions overdue',
    ],
    outputs: [
      'Decisions, each with who made it and why',
      'Actions with an owner and a date',
      'Minutes in the thread for those who were not there',
    ],
    roles: [
      'Product lead: leads through the agenda',
      'Owners: answer for their items',
      'Anybody: writes down decisions and actions on the line that they are about',
    ],
    timing: 'Once a month, an hour. It closes by itself after two working days',
    questions: [],
    sources: [
      'deferred',
      'changed-items',
      'slips',
      'stale-key-results',
      'confidence-drops',
      'unowned-rocks',
      'waiting-handoffs',
      'open-decisions',
      'needs',
      'overdue-actions',
      'look-again',
    ],
  },
  {
    id: null,
    key: 'strategy-review',
    name: 'Strategy review',
    purpose:
      'Ask once a quarter whether we still believe in what we set out to do, and whether our work follows it. Changing our mind here is a good result.',
    inputs: [
      'Owners of intents: how their measure stands, and what they have learned',
      'Leads: work of their teams that serves no line of the strategy',
      'Editors of the strategy: what they would change',
    ],
    agenda: [
      'What we put off last time',
      'Each intent: how does the work below it stand?',
      'Strategy without work: do we mean it?',
      'Work without strategy: shall we stop it, or did we forget to say why?',
      'Decisions that are open, or due for another look',
      'What we will not do',
    ],
    outputs: [
      'What is to change in the next version of the strategy',
      'Work that stops, or has found its line',
      'Minutes in the thread',
    ],
    roles: [
      'Editors of the strategy: lead, and write what changes',
      'Owners of intents: say how theirs stands',
      'Team leads: speak for the work of their teams',
    ],
    timing: 'Once a quarter, two hours, before OKR planning',
    questions: [],
    sources: ['deferred', 'intents', 'loose-lines', 'open-decisions', 'look-again', 'overdue-actions'],
  },
  {
    id: null,
    key: 'ownership-audit',
    name: 'Ownership audit',
    purpose:
      'Make sure once a quarter that what the register says is true: whoever is named still carries it. It takes most people one press.',
    inputs: ['Owners: a look at what they carry, and a yes or no for each rock'],
    agenda: [
      'Owners confirm what is still theirs, with one press for all of it',
      'What is not theirs any more: hand it over, or say why nobody carries it',
      'What nobody carries: who takes it, or do we set it down?',
      'What was set down: does that still hold?',
    ],
    outputs: [
      'A register that can be trusted',
      'A list of rocks that look for somebody',
      'Handoffs that have begun',
    ],
    roles: [
      'Owners: confirm; nobody does it for them',
      'Team leads: find somebody for what nobody carries',
      'Product operations: set it up, and read what came of it',
    ],
    timing: 'Once a quarter; people have about a week, and need a minute',
    questions: [],
    sources: [],
  },
];
