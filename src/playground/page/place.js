// @ts-check
import { act } from './api.js';
import { toast } from './dom.js';
import { store } from './store.js';

/**
 * Where blocks are drawn: how to find the place again, and what has been entered there so far.
 * @typedef {{
 *   where: { message: { channel: string, ts: string } } | { view_id: string },
 *   blocks: any[],
 *   isForm: boolean, a modal, where what is emptied is sent as empty
 *   entries: Map<string, unknown>, values by `block_id/action_id`
 *   texts: Map<string, string>, how values read that Cairn suggested
 *   errors: Record<string, string>,
 *   keep: () => void, called when something was entered
 * }} Place
 */

/** @param {Pick<Place, 'where' | 'blocks'> & Partial<Place>} given @returns {Place} */
export function placeOf(given) {
  return { isForm: false, entries: new Map(), texts: new Map(), errors: {}, keep: () => {}, ...given };
}

/** What has been entered into fields that are still there: an update of a view may have taken some away. @param {Place} place */
export function entriesOf(place) {
  const keys = new Set(
    place.blocks.flatMap((block) =>
      [...(block.elements ?? []), block.element, block.accessory]
        .filter((it) => it?.action_id)
        .map((it) => `${block.block_id}/${it.action_id}`),
    ),
  );
  return Object.fromEntries([...place.entries].filter(([key]) => keys.has(key)));
}

/** Presses a button, or chooses `value` in what sends its choice at once. @param {Place} place */
export async function press(place, { action_id, block_id, value }) {
  const result = await act('press', {
    as: store.as,
    target: action_id,
    block_id,
    ...place.where,
    entries: entriesOf(place),
    ...(value === undefined ? {} : { value }),
  });
  if (result?.ok === false) toast(`${store.seen.bot.name} did not answer: ${result.error}`);
}

/** What Cairn offers for what is typed; throws with words for the person. @param {Place} place */
export async function suggest(place, { action_id, block_id }, typed) {
  const given = { as: store.as, target: action_id, block_id, ...place.where, typed };
  const result = await act('suggest', given);
  if (result?.ok) return result;
  throw new Error(`${store.seen.bot.name} has no answer to this${result ? `: ${result.error}` : ''}.`);
}
