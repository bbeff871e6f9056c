import type { Page } from './page.ts';

/** The rituals that tell others how things stand. */
export const tellingPages: readonly Page[] = [
  {
    id: null,
    key: 'digest',
    name: 'Weekly digest for leaders',
    purpose:
      'Give leaders the whole picture on one page, once a week, so that they need not ask. A quiet week is a short page.',
    inputs: [
      'Nobody has to prepare anything: it is made of what check-ins, reviews and the register say',
      'Owners: a look at the line about what of theirs is at risk, before leaders read it',
      'Product operations: a look at all of it, four hours ahead',
    ],
    agenda: [
      'Strategy, and how OKRs stand',
      'What changed since last week',
      'What is at risk, and why',
      'Who carries what: gaps and load',
      'Decisions and actions overdue',
    ],
    outputs: [
      'One message in the channel of the leaders; each line opens what is behind it',
      'Pictures for those who would rather look than read',
    ],
    roles: [
      'Product operations: reads it first, and mends what would be misread',
      'Owners: know what is said about their work',
      'Leaders: read, and help where it is red',
    ],
    timing: 'Every week, in five minutes of reading',
    questions: [],
    sources: [],
  },
  {
    id: null,
    key: 'readout',
    name: 'Monthly readout for sales and marketing',
    purpose:
      'Tell those who talk to customers what has shipped, what comes next, and what they can promise. No surprises in front of a customer.',
    inputs: [
      'Owners of what shipped: a sentence that a customer would understand',
      'Owners of what comes next: how sure they are of its date',
      'Sales and marketing: what customers ask for most',
    ],
    agenda: [
      'What shipped since last month, and did it move its number?',
      'What comes now and next; dates only where we stand by them',
      'Dates that slipped, and what to tell customers',
      'What we stopped, and why',
      'Questions',
    ],
    outputs: [
      'A page that sales and marketing can work with for a month',
      'Questions that were answered once for all',
    ],
    roles: [
      'Product marketing: leads, and puts it in words for customers',
      'Product leads: answer for what ships',
      'Sales and marketing: ask, and pass it on',
    ],
    timing: 'Once a month, half an hour, after the roadmap review',
    questions: [],
    sources: [],
  },
];
