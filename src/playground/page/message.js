// @ts-check
import { act } from './api.js';
import { avatar } from './avatar.js';
import { drawBlocks } from './blocks.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { menu } from './menu.js';
import { mrkdwn } from './mrkdwn.js';
import { placeOf } from './place.js';
import { sizeInWords } from './size.js';
import { nameOf, openThread, store } from './store.js';
import { dayOf, timeOf } from './time.js';

/** The drawn messages: one that did not change keeps its node, and with it the focus. @type {Map<string, any>} */
const drawn = new Map();
const mostDrawn = 3_000;

/** @param {any} message @param {{ inThread?: boolean }} [where] */
export function messageNode(message, { inThread = false } = {}) {
  const key = `${store.as} ${message.channel} ${message.ts} ${inThread}`;
  const signature = store.names + JSON.stringify(message);
  const known = drawn.get(key);
  if (known?.signature === signature) return known.node;
  if (drawn.size > mostDrawn) drawn.clear();
  // What was entered into an earlier version of the message is still entered, as in Slack.
  const entries = known?.entries ?? new Map();
  const texts = known?.texts ?? new Map();
  const node = draw(message, inThread, { entries, texts });
  drawn.set(key, { signature, node, entries, texts });
  return node;
}

function draw(message, inThread, kept) {
  const isApp = message.user === store.seen.bot.user_id || message.user === 'USLACKBOT';
  const { channel, ts } = message;
  const place = placeOf({ ...kept, where: { message: { channel, ts } }, blocks: message.blocks });
  return el(
    message.ephemeral ? 'li.message.ephemeral' : 'li.message',
    { tabIndex: -1, data: { ts, key: `message ${ts}` } },
    message.ephemeral && el('p.only-you', null, icon('eye'), ' Only visible to you'),
    avatar(message.user),
    el(
      'div.message-body',
      null,
      el(
        'p.message-head',
        null,
        el('strong', null, nameOf(message.user)),
        isApp && el('span.app', null, 'APP'),
        el(
          'time',
          { dateTime: message.at, title: dayOf(message.at, store.seen.me.tz) },
          timeOf(message.at, store.seen.me.tz),
        ),
      ),
      message.blocks.length > 0
        ? el('div.blocks', null, drawBlocks(place))
        : message.text !== '' && el('div.text', null, mrkdwn(message.text)),
      message.files.length > 0 && el('ul.files', null, message.files.map(fileEntry)),
      message.edited && el('span.edited', null, '(edited)'),
      !inThread && message.reply_count > 0 && repliesButton(message),
    ),
    !message.ephemeral && shortcutMenu(message, inThread),
    !inThread &&
      !message.ephemeral &&
      el(
        'button.reply',
        {
          type: 'button',
          'aria-label': `Reply in thread to ${nameOf(message.user)}`,
          title: 'Reply in thread',
          data: { key: `reply ${ts}` },
          onclick: () => openThread(ts),
        },
        icon('reply'),
      ),
  );
}

/** A file that a message brings, to be kept by one press. */
function fileEntry({ id, name, title, size, pretty_type }) {
  return el(
    'li.file',
    null,
    icon('file'),
    el(
      'a.file-name',
      { href: `/_fake/files/${id}`, download: name, data: { key: `file ${id}` } },
      title || name,
    ),
    el('small', null, `${pretty_type}, ${sizeInWords(size)}`),
  );
}

/** Cairn's entries in the menu of a message, where manifest.yml has any. */
function shortcutMenu(message, inThread) {
  const { shortcuts } = store.seen;
  if (shortcuts.length === 0) return false;
  const { channel, ts } = message;
  const entries = menu({
    label: `More actions for the message of ${nameOf(message.user)}`,
    shown: icon('more'),
    key: `more ${inThread} ${ts}`,
    items: shortcuts.map(({ name, description }) => ({
      text: name,
      description,
      run: () => act('shortcut', { as: store.as, target: name, message: { channel, ts } }),
    })),
  });
  return el('div.message-menu', { data: { thread: String(inThread) } }, entries);
}

function repliesButton(message) {
  const count = message.reply_count === 1 ? '1 reply' : `${message.reply_count} replies`;
  return el(
    'button.replies',
    { type: 'button', data: { key: `replies ${message.ts}` }, onclick: () => openThread(message.ts) },
    message.reply_users.slice(0, 4).map((id) => avatar(id, true)),
    el('span.count', null, count),
    el('span.last', null, `Last at ${timeOf(message.latest_reply_at, store.seen.me.tz)}`),
  );
}

/**
 * Messages with a line for each new day, and one where those begin that were new when one came in.
 * @param {any[]} messages @param {string | null} [newFrom] a message's ts
 */
export function withLines(messages, newFrom = null) {
  let day = '';
  return messages.flatMap((message) => {
    const its = dayOf(message.at, store.seen.me.tz);
    const dayLine = its === day ? [] : [el('li.day', null, el('span', null, its))];
    const newLine = message.ts === newFrom ? [el('li.new-from', null, el('span', null, 'New'))] : [];
    day = its;
    return [...dayLine, ...newLine, messageNode(message)];
  });
}

/** Up and down, Home and End go from message to message. @param {any} list */
export function walkMessages(list) {
  list.addEventListener('keydown', (event) => {
    const isBetween = event.target === list || event.target.matches('li.message');
    if (!isBetween || !['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key)) return;
    const all = [...list.querySelectorAll(':scope > li.message')];
    const at = all.indexOf(event.target);
    const to = {
      ArrowUp: at === -1 ? -1 : Math.max(0, at - 1),
      ArrowDown: Math.min(all.length - 1, at + 1),
      Home: 0,
      End: -1,
    }[event.key];
    event.preventDefault();
    all.at(to ?? 0)?.focus();
  });
}
