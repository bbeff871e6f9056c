import type { CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { spoken } from '../../platform/slack/command-text.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import type { Page } from './core/page.ts';
import { mayWrite } from './edit-operations.ts';
import { registerEditing } from './editing-slack.ts';
import { keyInput, readPart } from './input.ts';
import { listAction, listBlocks, readAction, unsureBlocks } from './list-blocks.ts';
import { findPage, listPages, lookUpPage } from './operations.ts';
import { pageActions, pageBlocks } from './page-blocks.ts';

const usage = [
  { typed: '/playbook', does: 'how each ritual works: purpose, inputs, agenda, outputs, roles and timing' },
  {
    typed: '/playbook roadmap-review',
    does: 'one of them; leads and admins copy it and make it their own',
  },
];

/** Tells Slack's side of `/playbook`. */
export function registerPlaybook(slack: Registry, deps: PeopleDeps): void {
  slack.command({ noun: 'playbook', usage, run: async (call) => await answer(deps, call) });
  slack.press(listAction, async (press) => {
    await replying(deps, press, { replace: true }, async () => {
      const to = idInput.safeParse(press.value);
      return listBlocks(await listPages(deps.db, press.workspaceId), to.success ? to.data : 0);
    });
  });
  slack.press(readAction, async (press) => {
    await replying(deps, press, {}, async (actor) => await show(deps, press, actor, press.value));
  });
  slack.press(pageActions.turn, async (press) => {
    await replying(deps, press, { replace: true }, async (actor) => {
      const { key, part } = readPart(press.value);
      return await show(deps, press, actor, key, part);
    });
  });
  registerEditing(slack, deps);
}

const gone = plain('That page is not in the playbook any more. `/playbook` shows what is.');

async function answer(deps: PeopleDeps, call: CommandCall): Promise<Content> {
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  const { workspaceId } = call;
  const typed = spoken(call.words);
  if (typed === '') return listBlocks(await listPages(deps.db, workspaceId), 0);
  const found = await lookUpPage(deps.db, workspaceId, typed);
  return found.kind === 'found'
    ? await shown(deps, workspaceId, actor.value, found.page)
    : unsureBlocks(typed, found.pages);
}

async function show(
  deps: PeopleDeps,
  { workspaceId }: Press,
  actor: Actor,
  key: string,
  part = 0,
): Promise<Content> {
  const page = await findPage(deps.db, workspaceId, keyInput.parse(key));
  return page === undefined ? gone : await shown(deps, workspaceId, actor, page, part);
}

async function shown(
  { db }: PeopleDeps,
  workspaceId: string,
  actor: Actor,
  page: Page,
  part = 0,
): Promise<Content> {
  return pageBlocks(page, { mayWrite: await mayWrite(db, workspaceId, actor), part });
}

/** Answers a press with what `build` makes, for whoever may use Cairn. */
async function replying(
  deps: PeopleDeps,
  press: Press,
  how: { replace?: boolean },
  build: (actor: Actor) => Promise<Content>,
): Promise<void> {
  const actor = await admit(deps, press);
  await press.reply(actor.ok ? await build(actor.value) : plain(actor.words), actor.ok ? how : {});
}
