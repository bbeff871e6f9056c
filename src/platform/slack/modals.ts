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

/**
 * Where a press stands, and so where a modal goes: alone, on one that it can cover, or in place of the last of three, which
 * is known by its id.
 */
export type PlaceOfModal = 'alone' | 'on-modal' | { fullAt: string };

/** Says something to whoever pressed where no message can stand: in a modal of its own, or in place of theirs. */
export async function showNotice(
  client: WebClient,
  trigger_id: string,
  content: Content,
  place: PlaceOfModal,
): Promise<void> {
  await showModal(client, trigger_id, notice('Cairn', content), place);
}

async function showModal(client: WebClient, trigger_id: string, view: ModalView, place: PlaceOfModal) {
  if (place === 'alone') return await client.views.open({ trigger_id, view });
  if (place === 'on-modal') return await client.views.push({ trigger_id, view });
  return await client.views.update({ view_id: place.fullAt, view });
}

/**
 * Opens what `build` makes, as `ModalOpener` promises it. An error of `build` is thrown while no modal is open;
 * later, `wordsForError` gives the words for it, which the open modal then shows. It stands alone, or on the modal in which
 * the trigger was pressed, or in place of that one where nothing can stand on it.
 */
export async function openModal(
  client: WebClient,
  triggerId: string,
  build: () => Promise<ModalOrReply>,
  wordsForError: (error: unknown) => Content,
  where: PlaceOfModal = 'alone',
): Promise<Content | undefined> {
  const show = async (view: ModalView) => await showModal(client, triggerId, view, where);
  const building = build();
  const first = await within(patienceMs, building);
  if (first !== undefined) {
    if ('reply' in first.value) return first.value.reply;
    await show(first.value.modal);
    return undefined;
  }

  const loading = notice('One moment', { text: 'Loading', blocks: [section('Looking that up …')] });
  const viewId = (await show(loading)).view?.id;
  if (viewId === undefined) throw new Error('Slack showed a modal and did not say which');
  try {
    const late = await building;
    const view = 'reply' in late ? notice('Cairn', late.reply) : late.modal;
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    await client.views.update({ view_id: viewId, view: notice('Cairn', wordsForError(error)) });
  }
  return undefined;
}
