// @ts-check
import { act } from './api.js';
import { beginning } from './beginning.js';
import { composer } from './composer.js';
import { drawOnce, el, fill } from './dom.js';
import { drawHome } from './home.js';
import { icon } from './icons.js';
import { walkMessages, withLines } from './message.js';
import { menuButton } from './sidebar.js';
import { here, redraw, showEarlier, showNewest, store, titleOf } from './store.js';

const head = el('header.channel-head', null);
const list = el('ol.messages', { 'aria-label': 'Messages', tabIndex: 0 });
const home = el('div.home', { tabIndex: 0, role: 'region', 'aria-label': 'Home' });
const entry = composer({ id: 'composer', label: () => `Message ${titleOf(here())}`, thread: () => null });
let shown = '';
let firstShown = '';
walkMessages(list);

/** The open channel: its head, its messages, the message box; or the bot's Home. @param {any} node */
export function drawChannel(node) {
  if (node.childElementCount === 0) node.append(head, home, list, entry.form);
  const channel = here();
  if (channel === undefined) return;
  const isApp = channel.with === store.seen.bot.user_id;
  const onHome = isApp && store.tab === 'home';
  drawHead(channel, isApp, onHome);
  home.hidden = !onHome;
  list.hidden = onHome;
  entry.form.hidden = onHome;
  if (onHome) return drawHome(home);
  drawMessages(channel);
  entry.update();
}

function drawHead(channel, isApp, onHome) {
  const { id, topic, kind, members, bot_is_in, is_archived, is_private } = channel;
  const title = titleOf(channel);
  drawOnce(head, [id, title, topic, members, bot_is_in, is_archived, onHome, store.seen.tabs], () => {
    const isChannel = kind === 'channel';
    const tab = (key, label) =>
      el(
        'button.tab',
        {
          type: 'button',
          'aria-pressed': String(store.tab === key),
          data: { key },
          onclick: () => openTab(key),
        },
        label,
      );
    const people = members === 1 ? '1 person' : `${members} people`;
    fill(
      head,
      menuButton(),
      el('h1', null, is_private && isChannel ? [icon('lock'), ` ${channel.name}`] : title),
      isApp && store.seen.tabs.home && el('div.tabs', null, tab('home', 'Home'), tab('messages', 'Messages')),
      isChannel && topic && el('p.topic', null, topic),
      isChannel && el('p.members', null, people, !bot_is_in && ` · without ${store.seen.bot.name}`),
      is_archived && el('p.members.is-archived', null, 'archived'),
    );
  });
}

function openTab(tab) {
  store.tab = tab;
  redraw();
  void act('open-home', { as: store.as, tab });
}

function drawMessages(channel) {
  if (!store.isLoaded) return drawOnce(list, null, () => fill(list));
  const roots = channel.messages.filter((it) => it.thread_ts === null || it.ephemeral);
  const { before, newFrom } = store;
  const basis = [
    store.as,
    store.names,
    channel.id,
    roots,
    channel.has_more,
    store.seen.me.tz,
    newFrom,
    before,
  ];
  const now = `${store.as} ${channel.id} ${before}`;
  const atEnd = now !== shown || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const fromEnd = list.scrollHeight - list.scrollTop;
  drawOnce(list, basis, () => {
    fill(
      list,
      channel.has_more
        ? lineWith('Show earlier messages', showEarlier)
        : before === null && beginning(channel),
      withLines(roots, newFrom),
      before !== null && lineWith('Back to the newest messages', showNewest),
    );
    const first = roots[0]?.ts ?? '';
    if (atEnd) list.scrollTop = list.scrollHeight;
    // What was added above must not move what one reads.
    else if (first !== firstShown) list.scrollTop = list.scrollHeight - fromEnd;
    firstShown = first;
  });
  shown = now;
}

function lineWith(words, onclick) {
  return el('li.more', null, el('button.btn', { type: 'button', onclick }, words));
}
