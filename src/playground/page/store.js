// @ts-check
import { act, get } from './api.js';
import { toast } from './dom.js';

/** What the page shows now. `seen` and `clock` come from the control API, the rest is where the person is. */
export const store = {
  as: 'ana',
  place: '',
  tab: 'messages',
  /** @type {string | null} */
  thread: null,
  limit: 60,
  menuOpen: false,
  /** @type {any} */
  seen: null,
  /** @type {any} */
  clock: null,
  turning: false,
  /** changes when anybody or any channel gets another name */
  names: '',
};

/** @type {() => void} */
let draw = () => {};
let asking = false;
let askAgain = false;

export function onDraw(listener) {
  draw = listener;
}

export function redraw() {
  draw();
}

/** The channel that is open. */
export function here() {
  const channels = store.seen?.channels ?? [];
  return (
    channels.find((it) => it.id === store.place || it.name === store.place) ??
    channels.find((it) => it.name === 'general') ??
    channels.find((it) => it.kind === 'im') ??
    channels[0]
  );
}

export function person(id) {
  return store.seen?.people.find((it) => it.id === id);
}

/** How anybody is called: people, the bot, Slackbot. */
export function nameOf(id) {
  if (id === store.seen?.bot.user_id) return store.seen.bot.name;
  if (id === 'USLACKBOT') return 'Slackbot';
  return person(id)?.real_name ?? id;
}

/** Asks for what changed; many calls while one is under way become one more. */
export async function refresh() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  try {
    do {
      askAgain = false;
      const query = new URLSearchParams({ as: store.as, limit: String(store.limit) });
      if (store.place) query.set('channel', here()?.id ?? store.place);
      const [seen, clock] = await Promise.all([get(`state?${query}`), get('clock').catch(() => null)]);
      store.seen = seen;
      store.names = JSON.stringify(
        [seen.people, seen.channels].map((all) => all.map((it) => [it.id, it.real_name ?? it.name])),
      );
      if (clock !== null) store.clock = clock;
      if (!store.place) store.place = here()?.id ?? '';
      draw();
      await markRead();
    } while (askAgain);
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
  } finally {
    asking = false;
  }
}

async function markRead() {
  const channel = here();
  if (channel?.unread > 0 && document.visibilityState === 'visible') {
    await act('read', { as: store.as, in: channel.id });
  }
}

/** Goes somewhere, or becomes somebody else; the address says where, so that it can be opened again. */
export function go(to) {
  Object.assign(store, { thread: null, tab: 'messages', limit: 60, menuOpen: false }, to);
  const hash = `#/${store.as}/${store.place}`;
  if (location.hash !== hash) history.pushState(null, '', hash);
  draw();
  void refresh();
}

/** Reads `#/ana/C0PAYMENTS` or `#/ana/payments`. */
export function fromAddress() {
  const [, as, place] = /^#\/([^/]+)\/?(.*)$/.exec(location.hash) ?? [];
  if (as) store.as = decodeURIComponent(as);
  store.place = place ? decodeURIComponent(place) : '';
}
