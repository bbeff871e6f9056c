import type { Result } from '../../platform/core/result.ts';
import type { Press, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { notice } from '../../platform/slack/modals.ts';
import { pressOpening } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import type { Page } from './core/page.ts';
import {
  addPage,
  changePage,
  deletePage,
  readForChange,
  readForCopy,
  stampOfPage,
} from './edit-operations.ts';
import { deletedBlocks, keptBlocks, pageFormId, pageModal } from './form-blocks.ts';
import { keyInput, type PageMetadata, readMetadata, readPageForm } from './input.ts';
import { pageActions } from './page-blocks.ts';

/** Tells how pages are written: the form, and the buttons that open it. */
export function registerEditing(slack: Registry, deps: PeopleDeps): void {
  slack.press(pageActions.copy, async (press) => await openForm(deps, press, 'copy'));
  slack.press(pageActions.change, async (press) => await openForm(deps, press, 'change'));
  slack.submission(pageFormId, async (sent) => await save(deps, sent));
}

async function openForm(deps: PeopleDeps, press: Press, does: PageMetadata['does']): Promise<void> {
  await pressOpening(deps, press, async (actor) => {
    const page = await readFor(deps, press.workspaceId, actor, { does, key: keyInput.parse(press.value) });
    if (!page.ok) return { reply: plain(page.words) };
    return { modal: pageModal(page.value, does, stampOfPage(page.value)) };
  });
}

async function readFor(
  { db }: PeopleDeps,
  workspaceId: string,
  actor: Actor,
  { does, key }: Pick<PageMetadata, 'does' | 'key'>,
): Promise<Result<Page>> {
  return does === 'copy'
    ? await readForCopy(db, workspaceId, actor, key)
    : await readForChange(db, workspaceId, actor, key);
}

async function save(deps: PeopleDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  const said = (content: Content): SubmissionAnswer => ({ view: notice('Playbook', content) });
  if (!actor.ok) return said(plain(actor.words));
  const { does, key, stamp } = readMetadata(submission);
  const from = await readFor(deps, workspaceId, actor.value, { does, key });
  if (!from.ok) return said(plain(from.words));
  const form = readPageForm(submission, from.value);
  if ('errors' in form) return form;
  const { words } = form;
  const isDeleted = does === 'change' && form.isDeleted;
  const done =
    does === 'copy'
      ? await addPage(deps.db, workspaceId, actor.value, words)
      : isDeleted
        ? await deletePage(deps.db, workspaceId, actor.value, key, stamp)
        : await changePage(deps.db, workspaceId, actor.value, key, { words, stamp });
  if (done.ok) return said(isDeleted ? deletedBlocks(done.value) : keptBlocks(done.value));
  return done.field === undefined ? said(plain(done.words)) : { errors: { [done.field]: done.words } };
}
