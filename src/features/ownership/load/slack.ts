import { type Result, refused } from '../../../platform/core/result.ts';
import type { Press, Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { Waking } from '../../../platform/waking.ts';
import type { Person } from '../../people/core/person.ts';
import { admit, findPersonById, type PeopleDeps, whoIsMeant } from '../../people/operations.ts';
import { anybody, limitAction, limitModal, limitModalId, limitSaved } from './blocks.ts';
import { readLimit } from './core/limit.ts';
import { changeLimit, readPersonLimit } from './limit-operations.ts';

export type LoadDeps = PeopleDeps & Waking;

const title = "Somebody's limit";

/** Tells Slack's side of the limits of backpacks. */
export function registerLoad(slack: Registry, deps: LoadDeps): void {
  slack.press(limitAction, async (press) => await openLimit(deps, press));
  slack.submission(limitModalId, async (submission) => await saveLimit(deps, submission));
}

async function openLimit(deps: LoadDeps, press: Press): Promise<void> {
  const refusal = await press.openModal(async () => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    if (press.value === anybody) return { modal: limitModal(null) };
    const limit = await readPersonLimit(deps.db, press.workspaceId, actor.value, idInput.parse(press.value));
    return limit.ok ? { modal: limitModal(limit.value) } : { reply: plain(limit.words) };
  });
  if (refusal !== undefined) await press.reply(refusal);
}

async function saveLimit(deps: LoadDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const limit = readLimit(submission.values['limit']);
  if (!limit.ok) return { errors: { limit: limit.words } };
  const person = await meant(deps, submission);
  if (!person.ok) return { errors: { person: person.words } };
  const { workspaceId } = submission;
  const changed = await changeLimit(deps.db, workspaceId, actor.value, person.value.id, limit.value);
  if (!changed.ok) return { push: notice(title, plain(changed.words)) };
  deps.wake();
  return { view: notice(title, limitSaved(changed.value)) };
}

/** Of whom the modal is: it was opened for somebody, or asks for whom. */
async function meant(deps: LoadDeps, { workspaceId, metadata, values }: Submission): Promise<Result<Person>> {
  const id = idInput.safeParse(metadata);
  if (id.success) return await findPersonById(deps.db, workspaceId, id.data);
  const slackId = values['person'] ?? null;
  if (slackId === null) return refused('nobody', 'Pick somebody.');
  return await whoIsMeant(deps, workspaceId, { slackId, name: null });
}
