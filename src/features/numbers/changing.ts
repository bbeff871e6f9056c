import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Caller, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { type Shown, title } from './modal-blocks.ts';
import { readSource, type SourceView } from './source-operations.ts';

/** Who sent a form off, and the key result that it is about, checked at this moment. */
export async function mayChange(
  deps: PeopleDeps,
  caller: Caller,
  key: string,
): Promise<Result<{ actor: Actor; view: SourceView }>> {
  const actor = await admit(deps, caller);
  if (!actor.ok) return refused(actor.code, actor.words);
  const view = await readSource(deps.db, caller.workspaceId, actor.value, key);
  return view.ok ? accepted({ actor: actor.value, view: view.value }) : view;
}

export function shownOf({ keyResult, line }: SourceView): Shown {
  return { key: keyResult.key, title: keyResult.title, line };
}

/** A no, above the form that was sent off. */
export function no(words: string): SubmissionAnswer {
  return { push: notice(title, plain(words)) };
}
