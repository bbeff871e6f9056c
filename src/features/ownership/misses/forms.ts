import { z } from 'zod';
import type { Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Waking } from '../../../platform/waking.ts';
import { admit, type PeopleDeps, whoIsMeant } from '../../people/operations.ts';
import { typedWords } from './blocks.ts';
import { suggestOwner } from './operations.ts';
import { settleAsAlias } from './settling-operations.ts';

/** The rock that was meant was picked. */
export async function saveAlias(
  deps: PeopleDeps & Waking,
  submission: Submission,
): Promise<SubmissionAnswer> {
  const title = 'Add as alias';
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice(title, plain(actor.words)) };
  const rockId = idInput.safeParse(submission.values['rock']);
  if (!rockId.success) return { errors: { rock: 'Pick one of the rocks that are found.' } };
  const saved = await settleAsAlias(
    deps.db,
    submission.workspaceId,
    actor.value,
    missIdOf(submission.metadata),
    rockId.data,
  );
  if (!saved.ok) {
    return saved.code === 'settled' || saved.code === 'gone'
      ? { view: notice(title, plain(saved.words)) }
      : { errors: { rock: saved.words } };
  }
  deps.wake();
  const { query, told, rock } = saved.value;
  return {
    view: notice(
      title,
      plain(`${typedWords(query)} leads to *${inline(rock.name)}* from now on.${toldWords(told)}`),
    ),
  };
}

function toldWords(told: number): string {
  if (told === 0) return '';
  return told === 1 ? ' The one who waited for it is told.' : ` The ${told} who waited for it are told.`;
}

/** Somebody was picked who could own it. */
export async function saveSuggestion(
  deps: PeopleDeps & Waking,
  submission: Submission,
): Promise<SubmissionAnswer> {
  const title = 'Suggest an owner';
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice(title, plain(actor.words)) };
  const slackId = submission.values['person'] ?? '';
  const person = await whoIsMeant(deps, submission.workspaceId, { slackId, name: null });
  if (!person.ok) return { errors: { person: 'Pick somebody of this workspace.' } };
  const saved = await suggestOwner(
    deps.db,
    submission.workspaceId,
    missIdOf(submission.metadata),
    person.value,
  );
  if (!saved.ok) {
    return saved.code === 'no-member'
      ? { errors: { person: saved.words } }
      : { view: notice(title, plain(saved.words)) };
  }
  deps.wake();
  const words = `Thank you. Product operations sees that ${personMention(person.value)} could own ${typedWords(saved.value.query)}.`;
  return { view: notice(title, plain(words)) };
}

/** Zero is nobody's id: what cannot be read is a question that is not there. */
export function missIdOf(value: string): number {
  return z.catch(idInput, 0).parse(value);
}
