import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { within } from '../../platform/core/within.ts';
import type {
  CommandCall,
  ModalOrReply,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { notice } from '../../platform/slack/modals.ts';
import { escaped } from '../../platform/slack/mrkdwn.ts';
import { admitting, commandWithModal, pressOpening } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { openAction } from './blocks.ts';
import { everyWords } from './core/schedule.ts';
import type { Every, Place } from './core/source.ts';
import { readKey, readKind, readPlace, readPlaceMetadata } from './input.ts';
import {
  keysContent,
  kindModal,
  kindModalId,
  placeModal,
  placeModalId,
  secretModal,
  secretModalId,
  testAction,
  title,
  tryingModal,
} from './modal-blocks.ts';
import type { Reader } from './reader.ts';
import { readSource, type SourceView, useNoSource, usePlace, useWebhook } from './source-operations.ts';

export type NumberDeps = PeopleDeps & { reader: Reader };

/** A modal's answer must be there within three seconds; what is read may take five, and is then said later. */
const patienceMs = 1_500;

/** Tells Slack's side of numbers from elsewhere: the button of a key result, `/cairn numbers KEY`, and the forms. */
export function registerNumbers(slack: Registry, deps: NumberDeps): void {
  slack.command({
    noun: 'numbers',
    usage: [{ typed: '/cairn numbers KEY', does: 'where the number of a key result comes from' }],
    run: async (call) => await openByCommand(deps, call),
  });
  slack.press(openAction, async (press) => {
    await pressOpening(deps, press, async (actor) => await open(deps, press.workspaceId, actor, press.value));
  });
  slack.press(testAction, async (press) => await test(deps, press));
  slack.submission(
    kindModalId,
    admitting(deps, title, async (submission) => await chooseKind(deps, submission)),
  );
  slack.submission(
    placeModalId,
    admitting(deps, title, async (submission) => await savePlace(deps, submission)),
  );
  slack.submission(
    secretModalId,
    admitting(deps, title, async (submission) => await showNewSecret(deps, submission)),
  );
}

async function openByCommand(deps: NumberDeps, call: CommandCall): Promise<Content | undefined> {
  return await commandWithModal(deps, call, async (actor) => {
    const [key, ...more] = call.words;
    if (key === undefined || !('text' in key) || more.length > 0) {
      return { reply: plain('Which key result? Write its key, such as `/cairn numbers failed-rate`.') };
    }
    return await open(deps, call.workspaceId, actor, key.text);
  });
}

async function open(
  { db, reader }: NumberDeps,
  workspaceId: string,
  actor: Actor,
  key: string,
): Promise<ModalOrReply> {
  const view = await readSource(db, workspaceId, actor, key);
  if (!view.ok) return { reply: plain(view.words) };
  const kind = view.value.keyResult.source?.kind ?? null;
  return { modal: kindModal(shownOf(view.value), kind, reader.connections.length > 0) };
}

async function chooseKind(deps: NumberDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { db, reader } = deps;
  const { workspaceId } = submission;
  const key = readKey(submission.metadata);
  const opened = await mayChange(deps, submission, key);
  if (!opened.ok) return no(opened.words);
  const { actor, view } = opened.value;
  const { source } = view.keyResult;
  const kind = readKind(submission.values);
  if (kind === 'none') {
    const removed = await useNoSource(db, workspaceId, actor, key);
    return removed.ok ? 'close' : no(removed.words);
  }
  if (kind === 'webhook') {
    if (source?.kind === 'webhook') return { view: secretModal(shownOf(view), source.token ?? '') };
    return await showKeys(deps, workspaceId, actor, key);
  }
  const place =
    kind === 'sql'
      ? {
          kind,
          connection: source?.connection ?? reader.connections[0] ?? '',
          query: source?.query ?? '',
        }
      : { kind, url: source?.url ?? '', pointer: source?.pointer ?? '' };
  const typed = { place, every: source?.every ?? ('day' as const) };
  return { view: placeModal(shownOf(view), typed, reader.connections) };
}

async function showNewSecret(deps: NumberDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return no(actor.words);
  return await showKeys(deps, submission.workspaceId, actor.value, readKey(submission.metadata));
}

async function showKeys(
  { db }: NumberDeps,
  workspaceId: string,
  actor: Actor,
  key: string,
): Promise<SubmissionAnswer> {
  const keys = await useWebhook(db, workspaceId, actor, key);
  return keys.ok ? { view: notice(title, keysContent(keys.value)) } : no(keys.words);
}

/** Saves a place that gives a number now. What takes longer than Slack waits is said afterwards, in the same modal. */
async function savePlace(deps: NumberDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { reader } = deps;
  const { key, kind } = readPlaceMetadata(submission.metadata);
  const typed = readPlace(kind, submission.values);
  const opened = await mayChange(deps, submission, key);
  if (!opened.ok) return no(opened.words);
  if (!typed.ok) return { errors: typed.errors };
  const { actor, view } = opened.value;
  const reading = reader.read(typed.value.place);
  const inTime = await within(patienceMs, reading);
  if (inTime !== undefined) {
    const read = inTime.value;
    if (!read.ok) return read.field === undefined ? no(read.words) : { errors: { [read.field]: read.words } };
    return { view: await keep(deps, submission.workspaceId, actor, key, typed.value, read.value) };
  }
  // Whatever it fails with is said by whoever awaits it, and that may be a moment later.
  reading.catch(() => undefined);
  const later = async () => {
    const read = await reading;
    return read.ok
      ? await keep(deps, submission.workspaceId, actor, key, typed.value, read.value)
      : placeModal(shownOf(view), typed.value, reader.connections, read.words);
  };
  return { view: tryingModal(), later };
}

async function keep(
  { db }: NumberDeps,
  workspaceId: string,
  actor: Actor,
  key: string,
  { place, every }: { place: Place; every: Every },
  value: number,
) {
  const saved = await usePlace(db, workspaceId, actor, key, { place, every, value });
  const words = saved.ok
    ? `Saved. It reads ${value} now, and I read it again ${everyWords[every]}. The next check-in suggests what came last.`
    : saved.words;
  return notice(title, plain(words));
}

/** `Test it`: reads what stands in the form, and keeps nothing. */
async function test(deps: NumberDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  await press.coverWith(async () => {
    const { key, kind } = readPlaceMetadata(press.metadata);
    const opened = await mayChange(deps, press, key);
    if (!opened.ok) return notice(title, plain(opened.words));
    const typed = readPlace(kind, press.values);
    if (!typed.ok) return notice(title, plain(Object.values(typed.errors).join('\n')));
    const read = await deps.reader.read(typed.value.place);
    return notice(
      title,
      plain(read.ok ? `It reads ${read.value}. Nothing is saved yet.` : escaped(read.words)),
    );
  });
}

async function mayChange(
  deps: NumberDeps,
  caller: { workspaceId: string; slackUserId: string },
  key: string,
): Promise<Result<{ actor: Actor; view: SourceView }>> {
  const actor = await admit(deps, caller);
  if (!actor.ok) return refused(actor.code, actor.words);
  const view = await readSource(deps.db, caller.workspaceId, actor.value, key);
  return view.ok ? accepted({ actor: actor.value, view: view.value }) : view;
}

function shownOf({ keyResult, line }: SourceView) {
  return { key: keyResult.key, title: keyResult.title, line };
}

function no(words: string): SubmissionAnswer {
  return { push: notice(title, plain(words)) };
}
