// @ts-check
import { el } from './dom.js';
import { nameOf, store } from './store.js';

/** On each of these white letters can be read. */
const hues = [4, 28, 96, 150, 178, 204, 232, 262, 288, 318, 340];

/** Initials on a colour of their own; the bot has its picture. It says nothing that the name beside it does not. */
export function avatar(id, small = false) {
  const tag = small ? 'span.avatar.small' : 'span.avatar';
  if (id === store.seen.bot.user_id)
    return el(tag, { 'aria-hidden': 'true' }, el('img', { src: '/playground/icon.svg', alt: '' }));
  const initials = nameOf(id)
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
