import { z } from 'zod';
import { nearest } from '../../platform/core/edit-distance.ts';
import type { Caller, CommandCall, Press } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { inline, shortened } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, whoIsMeant } from '../people/operations.ts';
import { horizons } from './core/item.ts';
import type { Listed, Of } from './core/page.ts';
import type { RoadmapDeps } from './forms.ts';
import { listBlocks, nearBlocks } from './list-blocks.ts';
import { findItemNamed } from './operations.ts';
import { type Question, reserved, type Whose } from './question.ts';
import { findMeant, readList, readPage } from './reading.ts';
import { findSupported, findTeam, listNear } from './reading-store.ts';
import { showBlocks } from './show-blocks.ts';

/** All of one item, by its id. */
export async function show(
  { db }: RoadmapDeps,
  { workspaceId }: Caller,
  actor: Actor,
  id: number,
): Promise<Content> {
  const page = await readPage(db, workspaceId, actor, id);
  return page.ok ? showBlocks(page.value) : plain(page.words);
}

/** All of one item, by its key or title; of an unknown one the nearest, as buttons. */
export async function showNamed(
  deps: RoadmapDeps,
  caller: Caller,
  actor: Actor,
  text: string,
): Promise<Content> {
  const { db } = deps;
  const meant = await findMeant(db, caller.workspaceId, 'show', text);
  if (meant.ok) return await show(deps, caller, actor, meant.value.id);
  return nearBlocks(meant.words, text === '' ? [] : await listNear(db, caller.workspaceId, text));
}

/** `/roadmap`, a horizon of it, and whose part. */
export async function answerList(
  deps: RoadmapDeps,
  call: CommandCall,
  actor: Actor,
  { horizon, whose }: Extract<Question, { verb: 'list' }>,
): Promise<Content> {
  const of = await ofWhom(deps, call, actor, whose);
  if ('content' in of) return of.content;
  return await page(deps, call, actor, { of, horizon, page: 1 });
}

type Answered = { content: Content };

/** Whose part is meant by a name: a team's, what serves a line or an objective, a person's; or an item, which is shown. */
async function ofWhom(
  deps: RoadmapDeps,
  call: CommandCall,
  actor: Actor,
  whose: Whose,
): Promise<Of | Answered> {
  const { db } = deps;
  const { workspaceId } = call;
  if (whose.of === 'all') return { kind: 'all' };
  const asPerson = async (meant: { slackId: string | null; name: string | null }) => {
    const person = await whoIsMeant(deps, workspaceId, meant);
    if (!person.ok) return person;
    const { id, name } = person.value;
    return { ok: true as const, value: { kind: 'person' as const, id, name } };
  };
  if (whose.of === 'person') {
    const person = await asPerson(whose);
    return person.ok ? person.value : { content: plain(person.words) };
  }
  const name = whose.name.replace(/^#/, '');
  const team = await findTeam(db, workspaceId, name);
  if (team !== undefined) return { kind: 'team', ...team };
  const supported = await findSupported(db, workspaceId, actor.id, name);
  if (supported !== undefined) return { kind: supported.kind, id: supported.id, name: supported.title };
  const [item] = await findItemNamed(db, workspaceId, name);
  if (item !== undefined) return { content: await show(deps, call, actor, item.id) };
  const person = await asPerson({ slackId: null, name });
  if (person.ok) return person.value;
  return { content: await unknownName(deps, call, whose) };
}

/** A slip of a verb, or of a name: the nearest items as buttons. */
async function unknownName(
  { db }: RoadmapDeps,
  call: CommandCall,
  { name, isQuoted }: Extract<Whose, { of: 'name' }>,
): Promise<Content> {
  const [first = ''] = name.split(' ');
  if (!isQuoted && nearest(first, reserved) !== undefined) return unknownVerb('roadmap', call, reserved);
  const typed = inline(shortened(name, 60));
  const words = `I don't know a team, initiative, objective, person or roadmap item called “${typed}”.`;
  const near = await listNear(db, call.workspaceId, name);
  return near.length > 0 ? nearBlocks(words, near) : plain(`${words} \`/roadmap\` shows everything.`);
}

const again = z.object({
  of: z.union([
    z.object({ kind: z.literal('all') }),
    z.object({
      kind: z.enum(['person', 'team', 'line', 'objective']),
      id: z.int().positive(),
      name: z.string().max(200),
    }),
  ]),
  horizon: z.union([z.enum(horizons), z.literal('all')]).nullable(),
  page: z.int().positive(),
});
type Again = z.output<typeof again>;

async function page(
  { db }: RoadmapDeps,
  { workspaceId }: Caller,
  actor: Actor,
  { of, horizon, page: number }: Pick<Listed, 'of' | 'horizon'> & { page: number },
): Promise<Content> {
  const listed = await readList(db, workspaceId, actor, { of, horizon });
  return listBlocks(listed, number, (to) => JSON.stringify({ of, horizon, page: to } satisfies Again));
}

/** Another page of a list, in its place. */
export async function turn(deps: RoadmapDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const to = again.parse(JSON.parse(press.value));
  await press.reply(await page(deps, press, actor.value, to), { replace: true });
}
