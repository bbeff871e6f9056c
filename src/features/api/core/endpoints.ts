import type { z } from 'zod';
import {
  decisionPage,
  objective,
  objectivePage,
  ownerAnswer,
  roadmapPage,
  rock,
  rockPage,
} from './schemas.ts';

/** Below this path everything is asked. */
export const apiPath = '/api/v1/';
/** Where it is described, for everybody. */
export const descriptionPath = 'openapi.json';

export type Parameter = {
  name: string;
  words: string;
  /** What may be given; absent: any text. */
  values?: readonly string[];
  isRequired?: boolean;
};

export type Endpoint = {
  /** Below `apiPath`; `{key}` stands for one thing's key. */
  path: string;
  words: string;
  parameters: readonly Parameter[];
  answer: z.ZodType<object>;
};

/** As many as a page has, and as many as it may have. */
export const pageLength = { usual: 50, most: 200 };

const team = { name: 'team', words: 'a team by its key or name' };
const owner = { name: 'owner', words: 'a person by handle, Slack id or name' };
const page: readonly Parameter[] = [
  { name: 'limit', words: `how many at most, 1 to ${pageLength.most}; ${pageLength.usual} unless told` },
  { name: 'cursor', words: 'the next_cursor of the page before' },
];

/** The whole API: what can be asked, with what, and what comes. */
export const endpoints = {
  owner: {
    path: 'owner',
    words: 'Who owns it: by name, alias, key or link of a rock, slips of the finger included',
    parameters: [
      { name: 'q', words: 'a name or an https address, of 200 characters at most', isRequired: true },
    ],
    answer: ownerAnswer,
  },
  rocks: {
    path: 'rocks',
    words: 'The register of rocks, by key',
    parameters: [
      team,
      { ...owner, words: `${owner.words}; none: active ones that nobody owns` },
      {
        name: 'state',
        words: 'all but retired ones unless told',
        values: ['active', 'set-down', 'retired'],
      },
      ...page,
    ],
    answer: rockPage,
  },
  rock: { path: 'rocks/{key}', words: 'One rock', parameters: [], answer: rock },
  okrs: {
    path: 'okrs',
    words: 'Objectives with their key results and how they stand, by key',
    parameters: [
      { name: 'cycle', words: 'the key of a cycle; unless told, those that today lies in' },
      team,
      { ...owner, words: `${owner.words}: of the objective or of one of its key results` },
      ...page,
    ],
    answer: objectivePage,
  },
  okr: {
    path: 'okrs/{key}',
    words: 'One objective, by its key or by that of one of its key results',
    parameters: [],
    answer: objective,
  },
  roadmap: {
    path: 'roadmap',
    words: 'The roadmap in its order',
    parameters: [
      {
        name: 'horizon',
        words: 'now, next and later unless told',
        values: ['now', 'next', 'later', 'shipped', 'stopped'],
      },
      team,
      owner,
      ...page,
    ],
    answer: roadmapPage,
  },
  decisions: {
    path: 'decisions',
    words: 'Decisions, the newest first',
    parameters: [
      { name: 'state', words: 'all of them unless told', values: ['open', 'decided', 'superseded'] },
      { name: 'rock', words: 'the key of the rock that they are about' },
      { name: 'q', words: 'words of the question, the outcome or the reason, as in a search engine' },
      ...page,
    ],
    answer: decisionPage,
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
/** What an endpoint answers. */
export type AnswerOf<Name extends EndpointName> = z.output<(typeof endpoints)[Name]['answer']>;
