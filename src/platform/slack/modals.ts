import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { within } from '../core/within.ts';
import type { ModalOrReply } from './calls.ts';
import { type Content, section } from './elements.ts';
import { shortened } from './mrkdwn.ts';

/** A trigger lives 3 s from the press; after this long with no view, one that says so is opened. */
const patienceMs = 1_000;

/** A modal that only says something. */
export function notice(title: string, content: Content): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: shortened(title, 24), emoji: false },
    close: { type: 'plain_text', text: 'Close', emoji: false },
    blocks: content.blocks,
  };
}

/** A Home that only says something. */
export function homeNotice(content: Content): HomeView {
  return { type: 'home', blocks: content.blocks };
}

/** In a Home, in a modal that another one can cover, or in the last of three, which is known by its id. */
export type PlaceOfNotice = 'home' | 'modal' | { fullAt: string };

/** Says something to whoever pressed where no message can stand: in a modal of its own, or in place of theirs. */
export async function showNotice(
  client: WebClient,
  trigger_id: string,
  content: Content,
  place: PlaceOfNotice,
): Promise<void> {
  const view = notice('Cairn', content);
  if (place === 'home') await client.views.open({ trigger_id, view });
  else if (place === 'modal') await client.views.push({ trigger_id, view });
  else await client.views.update({ view_id: place.fullAt, view });
}

/**
 * Opens what `build` makes, as `ModalOpener` promises it. An error of `build` is thrown while no modal is open;
 * later, `wordsForError` gives the words for it, which the open modal then shows. It stands alone, or, pushed, on the modal
 * in which the trigger was pressed.
 */
export async function openModal(
  client: WebClient,
  triggerId: string,
  build: () => Promise<ModalOrReply>,
  wordsForError: (error: unknown) => Content,
  how: 'open' | 'push' = 'open',
): Promise<Content | undefined> {
  const building = build();
  const first = await within(patienceMs, building);
  if (first !== undefined) {
    if ('reply' in first.value) return first.value.reply;
    await client.views[how]({ trigger_id: triggerId, view: first.value.modal });
    return undefined;
  }

  const loading = notice('One moment', { text: 'Loading', blocks: [section('Looking that up …')] });
  const opened = await client.views[how]({ trigger_id: triggerId, view: loading });
  const viewId = opened.view?.id;
  if (viewId === undefined) throw new Error(`views.${how} answered without a view`);
  try {
    const late = await building;
    const view = 'reply' in late ? notice('Cairn', late.reply) : late.modal;
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    await client.views.update({ view_id: viewId, view: notice('Cairn', wordsForError(error)) });
  }
  return undefined;
}
