// @ts-check
import { el, fill } from './dom.js';
import { here, nameOf, store } from './store.js';

const longest = 160;
let last = '';
let lastIn = '';

/** Tells screen readers what somebody else has just written where one is: the newest alone, and its beginning. @param {any} region */
export function announce(region) {
  if (!store.isLoaded) return;
  const channel = here();
  const where = `${store.as} ${channel?.id}`;
  const others = (channel?.messages ?? []).filter((it) => it.user !== store.seen.me.id);
  const newest = others.reduce(
    (latest, it) => (latest === undefined || it.ts > latest.ts ? it : latest),
    undefined,
  );
  const isNews = lastIn === where && newest !== undefined && newest.ts > last;
  last = newest?.ts ?? '';
  lastIn = where;
  if (!isNews) return;
  const words = newest.text.replace(/<[^<>|]*\|([^<>]*)>/g, '$1').replace(/<@(\w+)>/g, (_, id) => nameOf(id));
  const short = words.length > longest ? `${words.slice(0, longest)}…` : words;
  fill(region, el('span', null, `${nameOf(newest.user)}: ${short}`));
}
