import type {
  CommandCall,
  ModalOrReply,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { notice } from '../../platform/slack/modals.ts';
import { admitting, commandWithModal, pressOpening } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit } from '../people/operations.ts';
import { openAction } from './blocks.ts';
import { mayChange, no, shownOf } from './changing.ts';
import { readKey, readKind } from './input.ts';
import {
  keysContent,
  kindModal,
  kindModalId,
  placeModal,
  secretModal,
  secretModalId,
  type Typed,
  title,
} from './modal-blocks.ts';
import { type NumberDeps, registerPlaces } from './place-slack.ts';
import { readSource, useNoSource, useWebhook } from './source-operations.ts';

export type { NumberDeps };

const goneWords = 'People say this number themselves from now on. What came until now stays.';
const unconnectedWords = 'No database is connected. Whoever runs Cairn can name one: CAIRN_SQL_NAME.';

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
  slack.submission(
    kindModalId,
    admitting(deps, title, async (submission) => await chooseKind(deps, submission)),
  );
  slack.submission(
    secretModalId,
    admitting(deps, title, async (submission) => await showNewSecret(deps, submission)),
  );
  registerPlaces(slack, deps);
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
    if (!removed.ok) return no(removed.words);
    return source === null ? 'close' : { view: notice(title, plain(goneWords)) };
  }
  if (kind === 'webhook') {
    if (source?.kind === 'webhook') return { view: secretModal(shownOf(view), source.token ?? '') };
    return await showKeys(deps, workspaceId, actor, key);
  }
  const connection = source?.connection ?? reader.connections[0];
  if (kind === 'sql' && connection === undefined) return no(unconnectedWords);
  const place: Typed['place'] =
    kind === 'sql'
      ? { kind, connection: connection ?? '', query: source?.query ?? '' }
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
