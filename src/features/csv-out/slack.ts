import type { Press, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import { pressOpening } from '../people/admitting.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import {
  chooseModal,
  csvOutAction,
  csvOutModalId,
  fileWords,
  makingModal,
  sentModal,
  title,
} from './blocks.ts';
import { readTableName } from './core/tables.ts';
import { makeCsv, refusalFor } from './operations.ts';
import type { SendFile } from './sending.ts';

export type CsvOutDeps = PeopleDeps & { sendFile: SendFile };

/** Tells Slack's side of tables as CSV: a button for admins, and the modal in which they pick one. */
export function registerCsvOut(slack: Registry, deps: CsvOutDeps): void {
  slack.press(csvOutAction, async (press) => await choose(deps, press));
  slack.submission(csvOutModalId, async (submission) => await send(deps, submission));
}

async function choose(deps: CsvOutDeps, press: Press): Promise<void> {
  await pressOpening(deps, press, async (actor) => {
    const refusal = refusalFor(actor);
    return refusal === null ? { modal: chooseModal() } : { reply: plain(refusal.words) };
  });
}

async function send(deps: CsvOutDeps, submission: Submission): Promise<SubmissionAnswer> {
  const admitted = await admit(deps, submission);
  if (!admitted.ok) return { push: notice(title, plain(admitted.words)) };
  const actor = admitted.value;
  const refusal = refusalFor(actor);
  if (refusal !== null) return { push: notice(title, plain(refusal.words)) };
  const name = readTableName(submission.values['table']);
  if (name === undefined) return { errors: { table: 'Pick a table.' } };
  // A large table takes longer than Slack waits for a modal's answer, and sending it as well.
  const later = async () => {
    const file = await makeCsv(deps.db, submission.workspaceId, actor, name);
    if (!file.ok) return notice(title, plain(file.words));
    const sent = await deps.sendFile(actor.slackId, { ...file.value, words: fileWords(file.value) });
    return sent.ok ? sentModal(file.value) : notice(title, plain(sent.words));
  };
  return { view: makingModal(), later };
}
