import { changeDaysOff, readDaysOffSettings } from '../../cadence/days-off-operations.ts';
import { findState } from '../../cadence/holiday-choices.ts';
import type {
  Caller,
  ModalOrReply,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Actor } from '../people/core/person.ts';
import { admit } from '../people/operations.ts';
import { daysOffModal, daysOffModalId, daysOffSavedModal } from './days-off-blocks.ts';
import { readDaysOffForm } from './days-off-input.ts';
import type { CadenceDeps } from './deps.ts';

/** The modal in which admins say on which days the company does not work. */
export function registerDaysOff(slack: Registry, deps: CadenceDeps): void {
  slack.submission(daysOffModalId, async (submission) => await save(deps, submission));
}

export async function openDaysOff(deps: CadenceDeps, caller: Caller, actor: Actor): Promise<ModalOrReply> {
  const settings = await readDaysOffSettings(deps.db, caller.workspaceId, actor);
  return settings.ok ? { modal: daysOffModal(settings.value) } : { reply: plain(settings.words) };
}

async function save(deps: CadenceDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { country, state, days } = readDaysOffForm(submission);
  if (!days.ok) return { errors: { days: days.words } };
  if (country === null && state !== null) return { errors: { state: 'Pick its country first, above.' } };
  const found = country === null || state === null ? null : await findState(country, state);
  if (found !== null && !found.ok) return { errors: { state: found.words } };
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice('Days off', plain(actor.words)) };
  const done = await changeDaysOff(deps.db, submission.workspaceId, actor.value, {
    country,
    state: found?.value ?? null,
    companyDays: days.value,
  });
  if (!done.ok) return { push: notice('Days off', plain(done.words)) };
  return { view: daysOffSavedModal(done.value.next, done.value.today) };
}
