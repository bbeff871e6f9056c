import { accepted } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { CommandCall, Registry } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { admit, type PeopleDeps, whoIsMeant } from '../people/operations.ts';
import { keyResultsBlocks } from './blocks.ts';
import { editingVerbs } from './editing/input.ts';
import {
  answerEditing,
  type EditingDeps,
  editingUsage,
  editsOkrs,
  registerEditing,
} from './editing/slack.ts';
import { readListQuestion } from './input.ts';
import { keyResultsOfOwner } from './operations.ts';

/** Tells Slack's side of `/okr`. */
export function registerOkrs(slack: Registry, deps: EditingDeps): void {
  registerEditing(slack, deps);
  slack.command({
    noun: 'okr',
    usage: [
      { typed: '/okr list @ana', does: 'the key results that somebody owns; `/okr` alone: yours' },
      ...editingUsage,
    ],
    run: async (call) =>
      editsOkrs(call.words) ? await answerEditing(deps, call) : await listKeyResults(deps, call),
  });
}

async function listKeyResults(deps: PeopleDeps, call: CommandCall): Promise<Content> {
  const question = readListQuestion(call.words);
  if (question === null) {
    const [verb] = call.words;
    const isList = verb?.kind === 'word' && verb.text.toLowerCase() === 'list';
    if (isList) return plain('So far I list key results by person: `/okr list @ana`, or `/okr` for yours.');
    return unknownVerb('okr', call, ['list', ...editingVerbs, 'help']);
  }
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  const person =
    question.of === 'asker' ? accepted(actor.value) : await whoIsMeant(deps, call.workspaceId, question.of);
  if (!person.ok) return plain(person.words);
  const now = await companyNow(deps.db, call.workspaceId);
  const keyResults = await keyResultsOfOwner(deps.db, call.workspaceId, person.value.id, {
    cycle: 'current',
    on: now.toZonedDateTimeISO(actor.value.timezone).toPlainDate(),
  });
  return keyResultsBlocks(person.value, person.value.id === actor.value.id, keyResults);
}
