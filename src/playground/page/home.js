// @ts-check
import { drawBlocks } from './blocks.js';
import { drawOnce, el, fill } from './dom.js';
import { placeOf } from './place.js';
import { store } from './store.js';

/** What was entered into the bot's Home, by view: it outlives an update. @type {Map<string, any>} */
const kept = new Map();

/** The bot's Home of this person. @param {any} node */
export function drawHome(node) {
  const view = store.seen.home;
  drawOnce(node, [view, store.as, store.names], () => {
    if (view === null)
      return fill(node, el('p.empty', null, `${store.seen.bot.name} has put nothing here yet.`));
    if (!kept.has(view.id)) kept.set(view.id, { entries: new Map(), texts: new Map() });
    const place = placeOf({ ...kept.get(view.id), where: { view_id: view.id }, blocks: view.blocks });
    fill(node, el('div.blocks', null, drawBlocks(place)));
  });
}
