import { z } from 'zod';

/** What is answered, by name: the description and the tests are made from these, and so are the types of the answers. */

const instant = z.iso.datetime();
const day = z.iso.date();

export const person = z.strictObject({
  name: z.string(),
  handle: z.string().nullable().describe('the short name of cairn.yaml; null: none was given'),
  slack_id: z.string().nullable().describe('null: not in Slack yet'),
});
const present = person.extend({
  away_until: day.nullable().describe('the last day of an absence that goes on; null: not away'),
});
export const team = z.strictObject({ key: z.string(), name: z.string() });
const channel = z.strictObject({ slack_id: z.string(), name: z.string() });
const named = z.strictObject({ key: z.string(), name: z.string() });
const titled = z.strictObject({ key: z.string(), title: z.string() });
const nextCursor = z
  .string()
  .nullable()
  .describe('give it as `cursor` for the next page; null: this is the last one');

export const rock = z.strictObject({
  key: z.string(),
  name: z.string(),
  summary: z.string().nullable(),
  aliases: z.array(z.string()),
  type: z.enum(['area', 'activity']),
  discipline: z.string().nullable(),
  importance: z.string().nullable(),
  state: z.enum(['active', 'set-down', 'retired']),
  owner: present
    .extend({
      since: instant,
      confirmed_at: instant.nullable(),
      unconfirmed: z.boolean().describe('somebody proposed it, and the owner has not said yes yet'),
      acting: z.boolean().describe('a backup who stands in since the owner left'),
    })
    .nullable()
    .describe('null: nobody owns it'),
  carrier: present
    .extend({ until: day.describe('the last day of the loan') })
    .nullable()
    .describe('who carries it for a time, while the owner stays accountable'),
  backups: z.array(present).describe('in their order'),
  team: team.nullable(),
  channel: channel.nullable().describe('null also for a private channel'),
  links: z.array(z.strictObject({ label: z.string(), url: z.string() })),
  set_down: z
    .strictObject({ at: instant, reason: z.string().nullable(), look_again_on: day.nullable() })
    .nullable(),
  retired: z
    .strictObject({
      at: instant,
      reason: z.string().nullable(),
      successor: named.nullable().describe('the rock that it went into'),
    })
    .nullable(),
});

export const ownerAnswer = z.strictObject({
  match: z
    .enum(['exact', 'likely', 'candidates', 'none'])
    .describe(
      'exact: it is called so; likely: nothing else is meant; candidates: ask which; none: nobody knows',
    ),
  rock: rock.optional().describe('with exact and likely'),
  successor: rock.optional().describe('where a retired rock went in the end'),
  candidates: z.array(rock).optional().describe('with candidates: five at most, best first'),
});
export const rockPage = z.strictObject({ rocks: z.array(rock), next_cursor: nextCursor });

const keyResult = z.strictObject({
  key: z.string(),
  title: z.string(),
  state: z.enum(['active', 'done', 'carried', 'dropped']),
  owner: person.nullable(),
  type: z.enum(['number', 'percent', 'currency', 'milestone']),
  unit: z.string().nullable(),
  direction: z.enum(['up', 'down', 'maintain']),
  commitment: z.enum(['committed', 'aspirational']),
  start: z.number().nullable().describe('null: the first check-in sets it'),
  target: z.number(),
  current: z.number().nullable(),
  progress: z.number().nullable().describe('the share of the way from start to target; null: there is none'),
  expected_progress: z.number().nullable().describe('what the calendar expects today'),
  confidence: z.number().nullable().describe('of the last check-in, 0 to 10'),
  health: z.enum(['on-track', 'at-risk', 'off-track', 'outdated', 'unanswered']),
  due_on: day.nullable(),
  first_due_on: day.nullable(),
  slips: z.int(),
  score: z.number().nullable().describe('0 to 1, once its cycle is graded'),
});

const supported = z.strictObject({
  kind: z.enum(['objective', 'intent', 'initiative']),
  key: z.string(),
  title: z.string(),
});

export const objective = z.strictObject({
  key: z.string(),
  title: z.string(),
  state: z.enum(['active', 'done', 'carried', 'dropped']),
  cycle: z.strictObject({
    key: z.string(),
    state: z.enum(['draft', 'active', 'grading', 'closed']),
    starts_on: day,
    ends_on: day,
  }),
  owner: person.nullable(),
  team: team.nullable(),
  supports: supported.nullable(),
  needs: z.array(team).describe('teams of which it needs something'),
  key_results: z.array(keyResult),
});
export const objectivePage = z.strictObject({ objectives: z.array(objective), next_cursor: nextCursor });

const scored = z.int().min(1).max(5).nullable();
export const roadmapItem = z.strictObject({
  key: z.string(),
  title: z.string(),
  summary: z.string().nullable(),
  horizon: z.enum(['now', 'next', 'later', 'shipped', 'stopped']),
  owner: person.nullable(),
  team: team.nullable(),
  rock: named.nullable(),
  supports: supported.nullable(),
  needs: z.array(team).describe('teams of which it needs something'),
  impact: scored,
  effort: scored,
  alignment: scored,
  priority: z.number().nullable().describe('impact × alignment ÷ effort, to one decimal'),
  due_on: day.nullable(),
  first_due_on: day.nullable().describe('the date that was promised first'),
  slips: z.int().describe('how often the date moved to a later one'),
  moved_at: instant.describe('since when it is in its horizon'),
  outcome: z.enum(['moved', 'too-early', 'not-moved']).nullable().describe('whether it moved the number'),
  why_stopped: z.string().nullable(),
});
export const roadmapPage = z.strictObject({ items: z.array(roadmapItem), next_cursor: nextCursor });

export const decision = z.strictObject({
  number: z.int(),
  question: z.string(),
  options: z.array(z.string()),
  state: z.enum(['open', 'decided', 'superseded']),
  outcome: z.string().nullable(),
  why: z.string().nullable(),
  driver: person,
  approver: person,
  team: team.nullable(),
  opened_at: instant,
  due_on: day.nullable(),
  decided_at: instant.nullable(),
  look_again_on: day.nullable(),
  superseded_by: z.int().nullable().describe('the number of the decision that took its place'),
  about: z.strictObject({ rock: named.nullable(), objective: titled.nullable(), item: titled.nullable() }),
});
export const decisionPage = z.strictObject({ decisions: z.array(decision), next_cursor: nextCursor });

export const problem = z.strictObject({
  error: z.strictObject({
    code: z.string().describe('for programs'),
    words: z.string().describe('for people'),
  }),
});

/** Under these names the description has them. */
export const schemas = z.registry<{ id: string }>();
const all = {
  Person: person,
  Team: team,
  Rock: rock,
  OwnerAnswer: ownerAnswer,
  RockPage: rockPage,
  KeyResult: keyResult,
  Objective: objective,
  ObjectivePage: objectivePage,
  RoadmapItem: roadmapItem,
  RoadmapPage: roadmapPage,
  Decision: decision,
  DecisionPage: decisionPage,
  Error: problem,
};
for (const [id, schema] of Object.entries(all)) schemas.add(schema, { id });
