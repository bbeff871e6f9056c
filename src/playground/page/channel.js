// @ts-check
import { act } from './api.js';
import { drawBlocks } from './blocks.js';
import { composer } from './composer.js';
import { drawOnce, el, fill, toast } from './dom.js';
import { icon } from './icons.js';
import { withDays } from './message.js';
import { menuButton } from './sidebar.js';
import { here, nameOf, redraw, refresh, store } from './store.js';

const head = el('header.channel-head', null);
const list = el('ol.messages', { 'aria-label': 'Messages', tabIndex: 0 });
const home = el('div.home', null);
const entry = composer({
  id: 'composer',
  label: () => (here()?.kind === 'im' ? `Message ${store.seen.bot.name}` : `Message #${here()?.name ?? ''}`),
  thread: () => null,
});
let shown = '';

/** The open channel: its head, its messages, the message box; or the bot's Home. @param {any} node */
export function drawChannel(node) {
  if (node.childElementCount === 0) node.append(head, home, list, entry.form);
  const channel = here();
  if (channel === undefined) return;
  const onHome = channel.kind === 'im' && store.tab === 'home';
  drawHead(channel, onHome);
  home.hidden = !onHome;
  list.hidden = onHome;
  entry.form.hidden = onHome;
  if (onHome) return drawHome();
  drawMessages(channel);
  entry.update();
}

function drawHead(channel, onHome) {
  const { id, name, topic, kind, members, bot_is_in, is_archived } = channel;
  drawOnce(head, [id, name, topic, members, bot_is_in, is_archived, onHome, store.seen.tabs], () => {
    const isTalk = kind === 'im';
    const tab = (key, label) =>
      el(
        'button.tab',
        { type: 'button', 'aria-pressed': String(store.tab === key), onclick: () => openTab(key) },
        label,
      );
    fill(
      head,
      menuButton(),
      el(
        'h1',
        null,
        isTalk ? nameOf(store.seen.bot.user_id) : [channel.is_private ? icon('lock') : '#', ` ${name}`],
      ),
      isTalk &&
        store.seen.tabs.home &&
        el('div.tabs', null, tab('home', 'Home'), tab('messages', 'Messages')),
      !isTalk && el('p.topic', null, topic),
      !isTalk &&
        el('p.members', null, `${members} people`, !bot_is_in && ` · without ${store.seen.bot.name}`),
      is_archived && el('p.members', null, 'archived'),
    );
  });
}

function openTab(tab) {
  store.tab = tab;
  redraw();
  void act('open-home', { as: store.as, tab });
}

function drawHome() {
  const view = store.seen.home;
  drawOnce(home, [view, store.as], () => {
    if (view === null)
      return fill(home, el('p.empty', null, `${store.seen.bot.name} has put nothing here yet.`));
    const place = {
      surface: /** @type {const} */ ('home'),
      entries: new Map(),
      errors: {},
      press: async ({ action_id, block_id, value }) => {
        const given = value === undefined ? {} : { value };
        const result = await act('press', {
          as: store.as,
          target: action_id,
          block_id,
          view_id: view.id,
          ...given,
        });
        if (result?.ok === false) toast(`${store.seen.bot.name} did not answer: ${result.error}`);
      },
    };
    fill(home, el('div.blocks', null, drawBlocks(view.blocks, place)));
  });
}

function drawMessages(channel) {
  const roots = channel.messages.filter((it) => it.thread_ts === null || it.ephemeral);
  const basis = [store.as, store.names, channel.id, roots, channel.has_more, store.seen.me.tz];
  const isNew = shown !== `${store.as} ${channel.id}`;
  const atEnd = isNew || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  drawOnce(list, basis, () => {
    const more =
      channel.has_more &&
      el('li.more', null, el('button.btn', { type: 'button', onclick: earlier }, 'Show earlier messages'));
    fill(list, more, roots.length === 0 ? beginning(channel) : withDays(roots, {}));
    if (atEnd) list.scrollTop = list.scrollHeight;
  });
  shown = `${store.as} ${channel.id}`;
}

/** What somebody sees who has just come in: where they are, and what to try first. */
function beginning(channel) {
  const { me, team, bot } = store.seen;
  const place = channel.kind === 'im' ? `your talk with ${bot.name}` : `#${channel.name}`;
  return el('li.empty', null, [
    el('p', null, `This is a pretend Slack. You are ${me.real_name} at ${team.name}, and this is ${place}.`),
    el('ul', null, [
      el('li', null, [el('code', null, '/owner payments'), ' asks who owns something.']),
      el('li', null, 'The green button above turns the clock to the next thing that is due.'),
      el(
        'li',
        null,
        'Your name at the top left switches to somebody else; a number says who has something waiting.',
      ),
    ]),
  ]);
}

function earlier() {
  store.limit += 200;
  void refresh();
}
