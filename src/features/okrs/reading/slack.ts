import { z } from 'zod';
import type { Caller, CommandCall, Press, Registry } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { inline, shortened } from '../../../platform/slack/mrkdwn.ts';
import { courseOf } from '../../check-ins/core/course.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit, type PeopleDeps, whoIsMeant } from '../../people/operations.ts';
import { type PictureDeps, uploadNow } from '../../pictures/operations.ts';
import { openMeant } from '../editing/opening.ts';
import type { EditingDeps } from '../editing/slack.ts';
import type { KeyResultPage, ObjectivePage, Of } from './core/page.ts';
import { listBlocks, readingActions } from './list-blocks.ts';
import { nearBlocks } from './near-blocks.ts';
import { findTeamCalled, listOkrs, nearOkrs, showMeant, showOkr } from './operations.ts';
import { type ListQuestion, type Question, readQuestion, type Whose } from './question.ts';
import { keyResultBlocks, objectiveBlocks } from './show-blocks.ts';
import { treeBlocks } from './tree-blocks.ts';

export const readingUsage = [
  { typed: '/okr', does: 'your objectives and key results, and how they stand' },
  {
    typed: '/okr list @ana',
    does: 'somebody else’s; also `list checkout` (a team), `list at-risk`, `list all`, each with a cycle behind it',
  },
  { typed: '/okr show failed-rate', does: 'all of an objective or a key result' },
  { typed: '/okr tree', does: 'objectives below what they support' },
];

const again = z.object({
  whose: z.union([
    z.object({ of: z.literal('asker') }),
    z.object({ of: z.literal('all') }),
    z.object({ of: z.literal('at-risk') }),
    z.object({ of: z.literal('tree') }),
    z.object({ of: z.literal('person'), slackId: z.string().nullable(), name: z.string().nullable() }),
    z.object({ of: z.literal('name'), name: z.string() }),
  ]),
  cycle: z.string().nullable(),
  page: z.int().positive(),
});
const choice = z.object({ kind: z.enum(['objective', 'key-result']), id: z.int().positive() });
type Again = z.output<typeof again>;

export type ReadingDeps = EditingDeps & { pictures: PictureDeps };

/** Tells Slack's side of the pages and buttons of what is read. */
export function registerReading(slack: Registry, deps: ReadingDeps): void {
  for (const actionId of [readingActions.page, readingActions.tree])
    slack.press(actionId, async (press) => await turn(deps, press));
  slack.press(readingActions.show, async (press) => {
    const actor = await admit(deps, press);
    if (!actor.ok) return await press.reply(plain(actor.words));
    const of = choice.parse(JSON.parse(press.value));
    const page = await showMeant(deps.db, press.workspaceId, actor.value, of);
    await press.reply(page.ok ? await pageBlocks(deps, press.workspaceId, page.value) : plain(page.words), {
      replace: true,
    });
  });
  slack.press(readingActions.edit, async (press) => {
    const call = { ...press, channelId: press.channelId ?? '', words: [] };
    const said = await openMeant(deps, call, { verb: 'edit', kind: null, text: press.value });
    if (said !== undefined) await press.reply(said);
  });
}

export { readQuestion };

/** `/okr`, `list`, `show` and `tree`. */
export async function answerReading(
  deps: ReadingDeps,
  call: CommandCall,
  question: Question,
): Promise<Content> {
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  switch (question.verb) {
    case 'list':
      return await list(deps, call, actor.value, question.question, 1);
    case 'tree':
      return await tree(deps, call, actor.value, question.cycle, 1);
    case 'show':
      return await show(deps, call, actor.value, question.text);
  }
}

async function show(
  deps: ReadingDeps,
  { workspaceId }: Caller,
  actor: Actor,
  text: string,
): Promise<Content> {
  const { db } = deps;
  const page = await showOkr(db, workspaceId, actor, text);
  if (!page.ok) {
    const isNamed = page.code === 'unknown' || page.code === 'unsure';
    return nearBlocks(page.words, isNamed ? await nearOkrs(db, workspaceId, actor, text) : []);
  }
  return await pageBlocks(deps, workspaceId, page.value);
}

/** The page, with a picture of its course as soon as there is one to draw. */
async function pageBlocks(
  { pictures }: ReadingDeps,
  workspaceId: string,
  page: KeyResultPage | ObjectivePage,
): Promise<Content> {
  if (page.kind === 'objective') return objectiveBlocks(page);
  const { keyResult, past } = page;
  const series = courseOf(keyResult, past);
  if (series === null) return keyResultBlocks(page, null);
  // Another answer or target makes another picture.
  const key = `key-result:${keyResult.id}:${past.length}:${past.at(-1)?.value}:${keyResult.target}`;
  return keyResultBlocks(page, await uploadNow(pictures, { workspaceId, key, series }));
}

async function list(
  deps: PeopleDeps,
  caller: Caller,
  actor: Actor,
  { whose, cycle }: ListQuestion,
  page: number,
): Promise<Content> {
  const of = await whoseIsMeant(deps, caller, actor, whose);
  if ('words' in of) return plain(of.words);
  const listed = await listOkrs(deps.db, caller.workspaceId, actor, { of, cycle });
  if (!listed.ok) return plain(listed.words);
  const next = (to: number) => JSON.stringify({ whose, cycle, page: to } satisfies Again);
  return listBlocks(listed.value, page, next);
}

async function tree(
  deps: PeopleDeps,
  caller: Caller,
  actor: Actor,
  cycle: string | null,
  page: number,
): Promise<Content> {
  const listed = await listOkrs(deps.db, caller.workspaceId, actor, { of: { kind: 'all' }, cycle });
  if (!listed.ok) return plain(listed.words);
  const next = (to: number) => JSON.stringify({ whose: { of: 'tree' }, cycle, page: to } satisfies Again);
  return treeBlocks(listed.value, page, next);
}

async function whoseIsMeant(
  deps: PeopleDeps,
  { workspaceId }: Caller,
  actor: Actor,
  whose: Whose,
): Promise<Of | { words: string }> {
  switch (whose.of) {
    case 'asker':
      return { kind: 'person', person: actor, isAsker: true };
    case 'all':
      return { kind: 'all' };
    case 'at-risk':
      return { kind: 'at-risk' };
    case 'person': {
      const person = await whoIsMeant(deps, workspaceId, whose);
      if (!person.ok) return { words: person.words };
      return { kind: 'person', person: person.value, isAsker: person.value.id === actor.id };
    }
    case 'name': {
      const team = await findTeamCalled(deps.db, workspaceId, whose.name);
      if (team !== undefined) return { ...team, kind: 'team' };
      const person = await whoIsMeant(deps, workspaceId, { slackId: null, name: whose.name });
      if (person.ok) return { kind: 'person', person: person.value, isAsker: person.value.id === actor.id };
      const typed = inline(shortened(whose.name, 60));
      return {
        words: `I don't know a team or a person called “${typed}”. \`/okr list all\` shows everything.`,
      };
    }
  }
}

async function turn(deps: PeopleDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const { whose, cycle, page } = again.parse(JSON.parse(press.value));
  const content =
    whose.of === 'tree'
      ? await tree(deps, press, actor.value, cycle, page)
      : await list(deps, press, actor.value, { whose, cycle }, page);
  await press.reply(content, { replace: true });
}
