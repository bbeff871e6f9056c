import type { CommandCall, Registry } from '../../../platform/slack/calls.ts';
import type { Word } from '../../../platform/slack/command-text.ts';
import { plain } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { registerCycles, showCycles } from './cycles-slack.ts';
import {
  type EditingDeps,
  sendAddKeyResult,
  sendAddObjective,
  sendDrop,
  sendEditKeyResult,
  sendEditObjective,
} from './forms.ts';
import { okrModals } from './frame-blocks.ts';
import { readAsked } from './input.ts';
import { openAdd, openMeant, sendWhat } from './opening.ts';

export type { EditingDeps };

export const editingUsage = [
  {
    typed: '/okr add',
    does: 'an objective, or a key result: `/okr add reliable` adds one to that objective',
  },
  {
    typed: '/okr edit failed-rate',
    does: 'change an objective or a key result; `/okr drop failed-rate`: it is over',
  },
  { typed: '/okr cycle', does: 'the cycles; admins add, start and change them' },
];

/** Whether a command adds, edits or drops. */
export function editsOkrs(words: readonly Word[]): boolean {
  return readAsked(words) !== null;
}

/** Tells Slack's side of adding, editing and dropping. */
export function registerEditing(slack: Registry, deps: EditingDeps): void {
  const forms = {
    [okrModals.what]: sendWhat,
    [okrModals.addObjective]: sendAddObjective,
    [okrModals.editObjective]: sendEditObjective,
    [okrModals.addKeyResult]: sendAddKeyResult,
    [okrModals.editKeyResult]: sendEditKeyResult,
    [okrModals.drop]: sendDrop,
  };
  for (const [callbackId, send] of Object.entries(forms))
    slack.submission(callbackId, async (submission) => await send(deps, submission));
  registerCycles(slack, deps);
}

/** `/okr add`, `edit`, `drop` and `cycle`. */
export async function answerEditing(deps: EditingDeps, call: CommandCall): Promise<Content | undefined> {
  const asked = readAsked(call.words);
  if (asked === null) throw new Error('this does not edit OKRs');
  if (asked.verb === 'cycle') return await showCycles(deps, call, asked.text);
  if (asked.verb === 'add' && asked.text === '') return await openAdd(deps, call, asked.kind);
  if (asked.text === '') return plain(`Which one? For example \`/okr ${asked.verb} failed-rate\`.`);
  return await openMeant(deps, call, asked);
}
