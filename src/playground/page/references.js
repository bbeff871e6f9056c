// @ts-check
import { el } from './dom.js';
import { nameOf, store } from './store.js';

/** @param {string} id @param {string} [label] what is shown of somebody whom nobody here knows */
export function mention(id, label) {
  const name = nameOf(id);
  return el(
    id === store.seen.me.id ? 'span.mention.me' : 'span.mention',
    { title: name },
    `@${name === id ? (label ?? id) : name}`,
  );
}

/** A channel one is in is a link; of a private one that one is not in not even the name is shown. */
export function channelLink(id, label) {
  const channel = store.seen.channels.find((it) => it.id === id);
  const other = store.seen.others.find((it) => it.id === id);
  const text = `#${channel?.name ?? other?.name ?? label ?? 'private channel'}`;
  if (channel === undefined) return el('span.mention', null, text);
  return el('a.mention', { href: `#/${store.as}/${channel.id}` }, text);
}

export function usergroup(id, label) {
  const known = (store.seen.usergroups ?? []).find((it) => it.id === id);
  const words = known ? `@${known.handle}` : (label ?? id);
  return el('span.mention', { title: known?.name }, words.startsWith('@') ? words : `@${words}`);
}

/** @here and its like: whom it would call together is marked, since Cairn shall never say it. */
export const broadcast = (range) => el('span.mention.loud', null, `@${range}`);

/** A link if it is one that a browser may follow; else its words. @param {string} url @param {any} [label] */
export function safeLink(url, label) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return el('span', null, label ?? url);
  return el(
    'a',
    { href: url, target: '_blank', rel: 'noopener noreferrer' },
    label || url.replace(/^(mailto|tel):/, ''),
  );
}
