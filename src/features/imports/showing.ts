import type { ModalView } from '@slack/types';
import type { Sheet } from '../../platform/core/sheet.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Actor } from '../people/core/person.ts';
import { titleOf } from './blocks.ts';
import { columnsModal } from './columns-blocks.ts';
import type { ImportKind, ImportSource, Preview } from './core/import.ts';
import type { ImportsDeps } from './deps.ts';
import { beginImport, previewImport } from './operations.ts';
import { previewModal } from './preview-blocks.ts';
import { questionsModal } from './questions-blocks.ts';

/** Takes a sheet up, and gives the modal that comes first for it. */
export async function takeUp(
  deps: ImportsDeps,
  workspaceId: string,
  actor: Actor,
  given: { kind: ImportKind; source: ImportSource; name: string | null; sheet: Sheet },
): Promise<ModalView> {
  const begun = await beginImport(deps, workspaceId, actor, given);
  if (!begun.ok) return notice(titleOf(given.kind), plain(begun.words));
  const preview = await previewImport(deps, workspaceId, actor, begun.value.importId);
  if (!preview.ok) return notice(titleOf(given.kind), plain(preview.words));
  const isSheet = given.source === 'file' || given.source === 'pasted';
  return isSheet ? columnsModal(preview.value) : afterColumns(preview.value);
}

/** Questions where some are open, the preview otherwise. */
export function afterColumns(preview: Preview): ModalView {
  return hasOpenQuestions(preview) ? questionsModal(preview, 0) : previewModal(preview);
}

export function hasOpenQuestions({ questions, answers }: Preview): boolean {
  return questions.some(({ key }) => answers[key] === undefined);
}
