// @ts-check
import { act } from './api.js';
import { drawBlocks } from './blocks.js';
import { el, toast } from './dom.js';
import { icon } from './icons.js';
import { mrkdwn } from './mrkdwn.js';
import { nameOf, redraw, store } from './store.js';
import { dayOf, timeOf } from './time.js';

const hues = [4, 28, 48, 96, 150, 178, 204, 232, 262, 288, 318, 340];

/** Initials on a colour of their own. */
export function avatar(id, small = false) {
  const isBot = id === store.seen.bot.user_id;
  const name = nameOf(id);
  const tag = small ? 'span.avatar.small' : 'span.avatar';
  if (isBot) return el(tag, { 'aria-hidden': 'true' }, el('img', { src: '/playground/icon.svg', alt: '' }));
  const initials = name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
  const node = el(tag, { 'aria-hidden': 'true' }, initials);
  const sum = [...id].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  node.style.setProperty('--hue', String(hues[sum % hues.length]));
  return node;
}

/** The drawn messages, by channel and ts: one that did not change keeps its node, and with it the focus. */
const drawn = new Map();

/** @param {any} message @param {{ inThread?: boolean }} [where] */
export function messageNode(message, { inThread = false } = {}) {
  const key = `${store.as} ${message.channel} ${message.ts} ${inThread}`;
  const signature = store.names + JSON.stringify(message);
  const known = drawn.get(key);
  if (known?.signature === signature) return known.node;
  const node = draw(message, inThread);
  if (drawn.size > 5_000) drawn.clear();
  drawn.set(key, { signature, node });
  return node;
}

function draw(message, inThread) {
  const isBot = message.user === store.seen.bot.user_id || message.user === 'USLACKBOT';
  const place = {
    surface: /** @type {const} */ ('message'),
    entries: new Map(),
    errors: {},
    press: async ({ action_id, block_id, value }) => {
      const result = await act('press', {
        as: store.as,
        target: action_id,
        block_id,
        message: { channel: message.channel, ts: message.ts },
        ...(value === undefined ? {} : { value }),
      });
      if (result?.ok === false) toast(`${store.seen.bot.name} did not answer: ${result.error}`);
    },
  };
  return el(
    message.ephemeral ? 'li.message.ephemeral' : 'li.message',
    { data: { ts: message.ts } },
    message.ephemeral && el('p.only-you', null, icon('eye'), ' Only visible to you'),
    avatar(message.user),
    el(
      'div.message-body',
      null,
      el(
        'p.message-head',
        null,
        el('strong', null, nameOf(message.user)),
        isBot && el('span.app', null, 'APP'),
        el(
          'time',
          { dateTime: message.at, title: dayOf(message.at, store.seen.me.tz) },
          timeOf(message.at, store.seen.me.tz),
        ),
      ),
      message.blocks.length > 0
        ? el('div.blocks', null, drawBlocks(message.blocks, place))
        : el('div.text', null, mrkdwn(message.text)),
      message.edited && el('span.edited', null, '(edited)'),
      !inThread && message.reply_count > 0 && repliesButton(message),
    ),
    !inThread &&
      !message.ephemeral &&
      el(
        'button.reply',
        {
          type: 'button',
          'aria-label': 'Reply in thread',
          title: 'Reply in thread',
          onclick: () => openThread(message.ts),
        },
        icon('reply'),
      ),
  );
}

function repliesButton(message) {
  const count = message.reply_count === 1 ? '1 reply' : `${message.reply_count} replies`;
  return el(
    'button.replies',
    { type: 'button', onclick: () => openThread(message.ts) },
    message.reply_users.slice(0, 4).map((id) => avatar(id, true)),
    el('span.count', null, count),
    el('span.last', null, `Last at ${timeOf(message.latest_reply_at, store.seen.me.tz)}`),
  );
}

function openThread(ts) {
  store.thread = ts;
  redraw();
}

/** Messages with a line for each new day. */
export function withDays(messages, options) {
  let day = '';
  return messages.flatMap((message) => {
    const its = dayOf(message.at, store.seen.me.tz);
    const line = its === day ? [] : [el('li.day', null, el('span', null, its))];
    day = its;
    return [...line, messageNode(message, options)];
  });
}
