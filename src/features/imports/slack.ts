import type { ModalView } from '@slack/types';
import { within } from '../../platform/core/within.ts';
import { readPasted, readSheet } from '../../platform/file/sheet.ts';
import { sheetLimits } from '../../platform/file/sheet-limits.ts';
import type {
  CommandCall,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { spoken } from '../../platform/slack/command-text.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import { actions, type Content, sections } from '../../platform/slack/elements.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Actor } from '../people/core/person.ts';
import { hasBegun } from '../setup/guide/operations.ts';
import { importActions, importModals, withinActions } from './actions.ts';
import { beginModal, doneModal, loadingModal, titleOf, undoneWords } from './blocks.ts';
import { columnsModal } from './columns-blocks.ts';
import type { ImportKind, Preview } from './core/import.ts';
import { admitAdmin, canAttach, type ImportsDeps } from './deps.ts';
import {
  type Carried,
  readAnswers,
  readCarried,
  readImportId,
  readKind,
  readMapping,
  readPage,
} from './input.ts';
import { registerLists } from './lists-slack.ts';
import {
  answerImport,
  applyImport,
  listImports,
  mapImport,
  previewImport,
  undoImport,
} from './operations.ts';
import { covering, redrawing } from './pressing.ts';
import { previewModal } from './preview-blocks.ts';
import { questionPages, questionsModal } from './questions-blocks.ts';
import { afterColumns, hasOpenQuestions, takeUp } from './showing.ts';
import { importsStanding } from './steps.ts';

const scopePatienceMs = 800;

/** Tells Slack's side of bringing things in: `/cairn import`, its buttons and its modals. */
export function registerImports(slack: Registry, deps: ImportsDeps): void {
  slack.command({
    noun: 'import',
    usage: [
      {
        typed: '/cairn import',
        does: 'bring in rocks from a sheet, cells or channels; also `okrs`, `roadmap` (for admins)',
      },
    ],
    run: async (call) => await answerCommand(deps, call),
  });
  slack.press(importActions.begin, async (press) => {
    await covering(deps, press, async () => await begin(deps, press));
  });
  slack.press(importActions.show, async (press) => {
    await covering(deps, press, async (actor) => await preview(deps, press, actor, afterColumns));
  });
  slack.press(importActions.undo, async (press) => {
    await covering(deps, press, async (actor) => notice('Bring in', plain(await undo(deps, press, actor))));
  });
  slack.press(withinActions.undo, async (press) => {
    await redrawing(deps, press, async (actor) => notice('Bring in', plain(await undo(deps, press, actor))));
  });
  slack.press(withinActions.begin, async (press) => {
    await redrawing(deps, press, async () => await begin(deps, press));
  });
  const redrawn: Record<string, (preview: Preview) => ModalView> = {
    [withinActions.goOn]: afterColumns,
    [withinActions.columns]: (shown) => columnsModal(shown),
    [withinActions.questions]: (shown) => questionsModal(shown, 0),
  };
  for (const [action, show] of Object.entries(redrawn))
    slack.press(action, async (press) => {
      await redrawing(deps, press, async (actor) => await preview(deps, press, actor, show));
    });
  slack.press(withinActions.page, async (press) => {
    await redrawing(deps, press, async (actor) => {
      const to = readPage(press.value);
      const show = (shown: Preview) => previewModal(shown, to?.page ?? 0);
      return await preview(deps, press, actor, show, to?.importId);
    });
  });
  slack.submission(importModals.begin, async (sent) => await sendSheet(deps, sent));
  slack.submission(importModals.columns, async (sent) => await work(deps, sent, sendColumns));
  slack.submission(importModals.questions, async (sent) => await work(deps, sent, sendAnswers));
  slack.submission(importModals.preview, async (sent) => await work(deps, sent, sendApply));
  registerLists(slack, deps);
}

async function answerCommand(deps: ImportsDeps, call: CommandCall): Promise<Content> {
  const actor = await admitAdmin(deps, call);
  if (!actor.ok) return plain(actor.words);
  const typed = spoken(call.words).toLowerCase();
  const kind = typed === '' ? null : readKind(typed);
  if (kind === undefined) return unknownVerb('cairn import', call, ['rocks', 'okrs', 'roadmap', 'help']);
  const { lines, buttons } = await importsStanding(deps.db, call.workspaceId, kind);
  return { text: lines.join('\n'), blocks: [...sections(lines), actions(...buttons)] };
}

async function begin(deps: ImportsDeps, press: Press): Promise<ModalView> {
  // Slack opens no form with a field for files where they may not be read, so what it grants is asked now.
  await within(
    scopePatienceMs,
    deps.lookAtScopes().catch(() => undefined),
  );
  return await beginAgain(deps, press.workspaceId, readKind(press.value) ?? 'rocks', null);
}

async function beginAgain(
  deps: ImportsDeps,
  workspaceId: string,
  kind: ImportKind,
  problem: string | null,
): Promise<ModalView> {
  const open = (await listImports(deps.db, workspaceId)).filter(({ state }) => state === 'open');
  return beginModal(kind, { canAttach: canAttach(deps), open, problem });
}

async function preview(
  deps: ImportsDeps,
  press: Press,
  actor: Actor,
  show: (preview: Preview) => ModalView,
  importId: number | undefined = readImportId(press.value),
): Promise<ModalView> {
  const read = await previewImport(deps, press.workspaceId, actor, importId ?? 0);
  return read.ok ? show(read.value) : notice('Bring in', plain(read.words));
}

/** Says what was taken back and what stays, or why nothing is. */
async function undo(deps: ImportsDeps, press: Press, actor: Actor): Promise<string> {
  const undone = await undoImport(deps, press.workspaceId, actor, readImportId(press.value) ?? 0);
  if (!undone.ok) return undone.words;
  deps.wake();
  return undoneWords(undone.value);
}

async function sendSheet(deps: ImportsDeps, sent: Submission): Promise<SubmissionAnswer> {
  const kind = readCarried(sent.metadata)?.kind ?? 'rocks';
  const actor = await admitAdmin(deps, sent);
  if (!actor.ok) return { push: notice(titleOf(kind), plain(actor.words)) };
  const [file] = sent.files['file'] ?? [];
  const pasted = sent.values['pasted'] ?? '';
  if (file === undefined && pasted.trim() === '') return { errors: nothingSent(canAttach(deps)) };
  return {
    view: loadingModal(kind, 'Reading it …'),
    later: async () => {
      const bytes = file === undefined ? null : await deps.download(file, sheetLimits.bytes);
      if (bytes !== null && !bytes.ok) return await beginAgain(deps, sent.workspaceId, kind, bytes.words);
      const name = file?.name ?? null;
      const sheet = bytes === null ? readPasted(pasted) : await readSheet(bytes.value, name ?? 'file');
      if (!sheet.ok) return await beginAgain(deps, sent.workspaceId, kind, sheet.words);
      const source = bytes === null ? 'pasted' : 'file';
      return await takeUp(deps, sent.workspaceId, actor.value, { kind, source, name, sheet: sheet.value });
    },
  };
}

type Sent = { sent: Submission; carried: Carried; importId: number; actor: Actor };

/** Planning a large sheet takes longer than Slack waits: a modal says so until it is done. */
async function work(
  deps: ImportsDeps,
  sent: Submission,
  run: (deps: ImportsDeps, given: Sent) => Promise<ModalView>,
): Promise<SubmissionAnswer> {
  const carried = readCarried(sent.metadata);
  const kind = carried?.kind ?? 'rocks';
  const actor = await admitAdmin(deps, sent);
  if (!actor.ok) return { push: notice(titleOf(kind), plain(actor.words)) };
  if (carried?.importId === undefined)
    return { push: notice(titleOf(kind), plain('I do not know that import. Begin again with the sheet.')) };
  const given = { sent, carried, importId: carried.importId, actor: actor.value };
  return { view: loadingModal(kind, 'One moment …'), later: async () => await run(deps, given) };
}

async function sendColumns(deps: ImportsDeps, { sent, carried, importId, actor }: Sent): Promise<ModalView> {
  const mapped = await mapImport(deps, sent.workspaceId, actor, importId, readMapping(sent.values));
  if (mapped.ok) return afterColumns(mapped.value);
  const before = await previewImport(deps, sent.workspaceId, actor, importId);
  return before.ok
    ? columnsModal(before.value, mapped.words)
    : notice(titleOf(carried.kind), plain(before.words));
}

async function sendAnswers(deps: ImportsDeps, { sent, carried, importId, actor }: Sent): Promise<ModalView> {
  const before = await previewImport(deps, sent.workspaceId, actor, importId);
  if (!before.ok) return notice(titleOf(carried.kind), plain(before.words));
  const answers = readAnswers(before.value, sent.values);
  const answered = await answerImport(deps, sent.workspaceId, actor, importId, answers);
  if (!answered.ok) return notice(titleOf(carried.kind), plain(answered.words));
  const next = carried.page + 1;
  const hasMore = next < questionPages(answered.value.questions).length;
  return hasMore && hasOpenQuestions(answered.value)
    ? questionsModal(answered.value, next)
    : previewModal(answered.value);
}

async function sendApply(deps: ImportsDeps, { sent, carried, importId, actor }: Sent): Promise<ModalView> {
  const applied = await applyImport(deps, sent.workspaceId, actor, importId, carried.stamp);
  if (!applied.ok)
    return 'preview' in applied
      ? previewModal(applied.preview, 0, applied.words)
      : notice(titleOf(carried.kind), plain(applied.words));
  deps.wake();
  const done = (await listImports(deps.db, sent.workspaceId)).find(({ id }) => id === importId);
  return doneModal(applied.value.preview, {
    ...{ undoUntil: done?.undoUntil ?? null, zone: actor.timezone },
    isSettingUp: await hasBegun(deps.db, sent.workspaceId),
  });
}

/** Beside the field that is likelier meant. */
function nothingSent(isFileOffered: boolean): Record<string, string> {
  return isFileOffered
    ? { file: 'Attach a file, or paste cells with their headings below.' }
    : { pasted: 'Paste cells with their headings.' };
}
