// @ts-check
import { act, get } from './api.js';
import { toast } from './dom.js';

const firstPage = 60;
const nextPage = 200;
/** the most that the control API gives at once, and that a browser scrolls without effort */
const mostAtOnce = 1_000;

/** What the page shows now. `seen` and `clock` come from the control API, the rest is where the person is. */
export const store = {
  as: 'ana',
  place: '',
  tab: 'messages',
  /** @type {string | null} */
  thread: null,
  limit: firstPage,
  /** set: only what is older than this message is shown @type {string | null} */
  before: null,
  /** the first message that was new when one came in @type {string | null} */
  newFrom: null,
  menuOpen: false,
  drawerOpen: false,
  /** false from when one goes elsewhere until what is there has come */
  isLoaded: false,
  /** @type {any} */
  seen: null,
  /** @type {any} */
  clock: null,
  /** changes when anybody, any channel or group gets another name */
  names: '',
};

/** @type {() => void} */
let draw = () => {};
let asking = false;
let askAgain = false;
/** whom and where the line above what is new was last drawn for */
let lineFor = '';

export function onDraw(listener) {
  draw = listener;
}

export function redraw() {
  draw();
}

const named = (place) => (it) => it.id === place || it.name === place;

/** The channel that is open. */
export function here() {
  const channels = store.seen?.channels ?? [];
  return (
    channels.find(named(store.place)) ??
    channels.find((it) => it.name === 'general') ??
    channels.find((it) => it.with === store.seen.bot.user_id) ??
    channels[0]
  );
}

/** This person's direct channel with the bot. */
export function talkWithBot() {
  return store.seen.channels.find((it) => it.with === store.seen.bot.user_id);
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

/** What a channel is called: `#payments`, or whom one talks to. */
export function titleOf(channel) {
  return channel.kind === 'im' ? nameOf(channel.with) : `#${channel.name}`;
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
      await ask();
    } while (askAgain);
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
  } finally {
    asking = false;
  }
}

async function ask() {
  const { as, place: wanted } = store;
  const place = wanted || 'general';
  const query = new URLSearchParams({ as, limit: String(store.limit), channel: place });
  if (store.before !== null) query.set('before', store.before);
  const [seen, clock] = await Promise.all([get(`state?${query}`), get('clock').catch(() => null)]);
  if (store.as !== as || store.place !== wanted) {
    // Meanwhile one went elsewhere, or became somebody else.
    askAgain = true;
    return;
  }
  store.seen = seen;
  if (beginsElsewhere(seen)) {
    askAgain = true;
    return;
  }
  store.names = JSON.stringify([
    seen.people.map((it) => [it.id, it.real_name]),
    seen.channels.map((it) => [it.id, it.name]),
    seen.usergroups,
  ]);
  if (clock !== null) store.clock = clock;
  const channel = here();
  if (channel !== undefined && !named(place)(channel)) {
    // One is not, or no longer, where the address says.
    store.place = channel.id;
    askAgain = true;
    return;
  }
  store.place = channel?.id ?? '';
  store.isLoaded = true;
  drawNewLine(channel);
  draw();
  if (channel?.unread > 0 && document.visibilityState === 'visible') {
    await act('read', { as: store.as, in: channel.id });
  }
}

/** Whoever opens an empty company without saying as whom is the admin who has just installed Cairn, in their talk. */
function beginsElsewhere({ company, people, me }) {
  const admin = people.find((it) => it.is_admin && !it.deleted);
  if (company !== 'empty' || location.hash !== '' || admin === undefined || me.id === admin.id) return false;
  Object.assign(store, { as: admin.name, place: `D${admin.id.slice(1)}` });
  history.replaceState(null, '', `#/${store.as}/${store.place}`);
  return true;
}

/** Where the messages begin that this person had not seen when they came in; it stays until they go. */
function drawNewLine(channel) {
  const now = `${store.as} ${channel?.id}`;
  if (lineFor === now) return;
  lineFor = now;
  const roots = channel.messages.filter((it) => it.thread_ts === null && it.user !== store.seen.me.id);
  // A person who has seen nothing here yet needs no line above the first message.
  const isAll = channel.unread >= roots.length && !channel.has_more;
  store.newFrom = channel.unread === 0 || isAll ? null : (roots.at(-channel.unread)?.ts ?? null);
}

/** Goes somewhere, or becomes somebody else; the address says where, so that it can be opened again. */
export function go(to) {
  const start = {
    thread: null,
    tab: 'messages',
    limit: firstPage,
    before: null,
    menuOpen: false,
    isLoaded: false,
  };
  Object.assign(store, start, to);
  const hash = `#/${store.as}/${store.place}`;
  if (location.hash !== hash) history.pushState(null, '', hash);
  draw();
  void refresh();
}

/** Opens the talk with somebody, such as `@ben`. */
export async function goToTalk(with_) {
  const opened = await act('open-talk', { as: store.as, with: with_ });
  if (opened) go({ place: opened.channel });
}

/** Reads `#/ana/C0PAYMENTS` or `#/ana/payments`. */
export function fromAddress() {
  const [, as, place] = /^#\/([^/]+)\/?(.*)$/.exec(location.hash) ?? [];
  if (as) store.as = decodeURIComponent(as);
  store.place = place ? decodeURIComponent(place) : '';
  Object.assign(store, { thread: null, limit: firstPage, before: null, isLoaded: false });
}

/** @param {string | null} ts */
export function openThread(ts) {
  store.thread = ts;
  draw();
}

/** Shows more of what is older; when that is more than a page should hold, the older part alone. */
export function showEarlier() {
  if (store.limit + nextPage > mostAtOnce) {
    store.before = here()?.messages.find((it) => it.thread_ts === null)?.ts ?? null;
    store.limit = nextPage;
  } else {
    store.limit += nextPage;
  }
  void refresh();
}

export function showNewest() {
  Object.assign(store, { before: null, limit: firstPage });
  void refresh();
}
