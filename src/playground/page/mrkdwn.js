// @ts-check
import { el } from './dom.js';
import { emoji, withEmoji } from './emoji.js';
import { nameOf, store } from './store.js';
import { formatSlackDate } from './time.js';

const edge = '[\\p{L}\\p{N}]';
const marked = (mark) =>
  `(?<!${edge}|[${mark}])[${mark}](?=\\S)([^\\n]{1,1500}?)(?<=\\S)[${mark}](?!${edge}|[${mark}])`;
const inlinePattern = new RegExp(
  ['`([^`\\n]+)`', '<([^<>\\n]+)>', ':([a-z0-9_+-]+):', marked('*'), marked('_'), marked('~')].join('|'),
  'gu',
);

const unescaped = (text) =>
  text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: '<', gt: '>', amp: '&' })[name] ?? '');

/** Slack's mrkdwn as nodes. @param {string} text @returns {Node[]} */
export function mrkdwn(text) {
  return text.split(/```/).flatMap((part, index, all) => {
    // An unpaired fence is plain text, as in Slack.
    if (index % 2 === 1 && index < all.length - 1)
      return [el('pre', null, unescaped(part.replace(/^\n|\n$/g, '')))];
    return lines(index % 2 === 1 ? `\`\`\`${part}` : part);
  });
}

/** Groups lines into quotes, lists and text. */
function lines(text) {
  /** @type {{ kind: string, lines: string[] }[]} */
  const groups = [];
  for (const line of text.split('\n')) {
    const kind = /^\s*(&gt;|>)/.test(line) ? 'quote' : /^\s*[•◦▪]\s/.test(line) ? 'list' : 'text';
    const last = groups.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.flatMap(({ kind, lines: group }) => {
    if (kind === 'quote') {
      return [el('blockquote', null, broken(group.map((line) => line.replace(/^\s*(&gt;|>)\s?/, ''))))];
    }
    if (kind === 'list') {
      return [
        el(
          'ul.bullets',
          null,
          group.map((line) => el('li', null, inline(line.replace(/^\s*[•◦▪]\s+/, '')))),
        ),
      ];
    }
    return broken(group);
  });
}

function broken(group) {
  return group.flatMap((line, index) => (index === 0 ? inline(line) : [el('br', null), ...inline(line)]));
}

/** @param {string} text @returns {Node[]} */
function inline(text) {
  /** @type {Node[]} */
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(inlinePattern)) {
    const node = inlineNode(match);
    if (node === null) continue;
    if (match.index > from) nodes.push(document.createTextNode(unescaped(text.slice(from, match.index))));
    nodes.push(node);
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(document.createTextNode(unescaped(text.slice(from))));
  return nodes;
}

function inlineNode([, code, angle, short, bold, italic, strike]) {
  if (code !== undefined) return el('code', null, unescaped(code));
  if (angle !== undefined) return reference(angle);
  if (short !== undefined) {
    const character = emoji(short);
    return character === undefined ? null : document.createTextNode(character);
  }
  if (bold !== undefined) return el('strong', null, inline(bold));
  if (italic !== undefined) return el('em', null, inline(italic));
  return el('s', null, inline(strike));
}

/** What stands in angle brackets: people, channels, links, dates. @param {string} inside */
function reference(inside) {
  const [target = '', label] = inside.split(/\|(.*)/s);
  if (target.startsWith('@')) return mention(target.slice(1), label);
  if (target.startsWith('#')) return channelLink(target.slice(1), label);
  if (target.startsWith('!date^'))
    return el('time', null, formatSlackDate(target, label ?? '', store.seen.me.tz));
  if (target.startsWith('!'))
    return el('span.mention.loud', null, `@${label ?? target.slice(1).split('^')[0]}`);
  return safeLink(unescaped(target), label === undefined ? undefined : withEmoji(unescaped(label)));
}

export function mention(id, label) {
  const isMe = id === store.seen.me.id;
  return el(
    isMe ? 'span.mention.me' : 'span.mention',
    { title: nameOf(id) },
    `@${nameOf(id) === id ? (label ?? id) : nameOf(id)}`,
  );
}

export function channelLink(id, label) {
  const channel = store.seen.channels.find((it) => it.id === id);
  const other = store.seen.others.find((it) => it.id === id);
  const text = `#${channel?.name ?? other?.name ?? label ?? 'private channel'}`;
  if (channel === undefined) return el('span.mention', null, text);
  return el('a.mention', { href: `#/${store.as}/${channel.id}` }, text);
}

/** A link if it is one that a browser may follow; else its words. @param {string} url @param {string} [label] */
export function safeLink(url, label) {
  if (!/^(https?:|mailto:)/i.test(url)) return document.createTextNode(label ?? url);
  return el(
    'a',
    { href: url, target: '_blank', rel: 'noopener noreferrer' },
    label || url.replace(/^mailto:/, ''),
  );
}

/** A text object: mrkdwn or plain. */
export function textObject(text) {
  if (text.type === 'mrkdwn') return mrkdwn(text.text);
  return [document.createTextNode(text.emoji === false ? text.text : withEmoji(text.text))];
}

/** The words of a plain text object. */
export function words(text) {
  return text.emoji === false ? text.text : withEmoji(text.text);
}
