// @ts-check
import { el } from './dom.js';
import { emoji, shortName, withEmoji } from './emoji.js';
import { broadcast, channelLink, mention, safeLink, usergroup } from './references.js';
import { store } from './store.js';
import { slackDate } from './time.js';

/*
 * Slack's rules, read here by hand: slack-message-parser leaves `code`: and _words_, as they stand before a colon, a
 * dash or a sign beyond ASCII, where Slack formats them, and what comes after it (escapes, lists, dates) is most of
 * the work.
 */
const code = '`[^`\\n]+`';
const angle = '<[^<>\\n]+>';
const letter = '[\\p{L}\\p{N}]';
/** Formatting begins after and ends before what is no letter, holds no mark of its own kind, and skips what is whole. */
const marked = (mark) =>
  `(?<!${letter}|[${mark}])[${mark}](?=\\S)((?:${angle}|${code}|(?!${angle}|${code})[^\\n${mark}]){1,1500}?)(?<=\\S)[${mark}](?!${letter}|[${mark}])`;
const inlinePattern = new RegExp(
  [`(${code})`, `(${angle})`, shortName, marked('*'), marked('_'), marked('~')].join('|'),
  'gu',
);

export const unescaped = (text) =>
  text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: '<', gt: '>', amp: '&' })[name] ?? '');

/** Slack's mrkdwn as nodes. @param {string} text @returns {Node[]} */
export function mrkdwn(text) {
  return text.split(/```/).flatMap((part, index, all) => {
    // An unpaired fence is plain text, and so is an empty pair, as in Slack.
    if (index % 2 === 0) return lines(part, index > 0);
    if (index === all.length - 1) return lines(`\`\`\`${part}`);
    return part.trim() === ''
      ? lines(`\`\`\`${part}\`\`\``)
      : [el('pre', null, plain(part.replace(/^\n|\n$/g, '')))];
  });
}

/** Groups lines into quotes, lists and text; a line end right after a block is the block's own. */
function lines(text, isAfterBlock = false) {
  /** @type {{ kind: string, lines: string[] }[]} */
  const groups = [];
  // Three of them quote all that follows.
  const [before, quoted] = text.split(/(?<=^|\n)(?:&gt;|>){3}([\s\S]*)/);
  const rest = isAfterBlock ? before.replace(/^\n/, '') : before;
  const own = quoted === undefined ? rest.split('\n') : rest.split('\n').slice(0, -1);
  for (const line of own) {
    const kind = /^\s*(&gt;|>)/.test(line) ? 'quote' : /^\s*[•◦▪]\s/.test(line) ? 'list' : 'text';
    const last = groups.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  if (quoted !== undefined) groups.push({ kind: 'quote', lines: quoted.trim().split('\n') });
  return groups.flatMap(({ kind, lines: group }) => {
    if (kind === 'quote') {
      return [el('blockquote', null, broken(group.map((line) => line.replace(/^\s*(&gt;|>)\s?/, ''))))];
    }
    if (kind === 'list') {
      return [
        el(
          'ul.bullets',
          null,
          group.map((line) =>
            el(/^\s*[◦▪]/.test(line) ? 'li.nested' : 'li', null, inline(line.replace(/^\s*[•◦▪]\s+/, ''))),
          ),
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

function inlineNode([, inCode, inAngles, short, bold, italic, strike]) {
  if (inCode !== undefined) return el('code', null, plain(inCode.slice(1, -1)));
  if (inAngles !== undefined) return reference(inAngles.slice(1, -1));
  if (short !== undefined) {
    const character = emoji(short);
    return character === undefined ? null : document.createTextNode(character);
  }
  if (bold !== undefined) return el('strong', null, inline(bold));
  if (italic !== undefined) return el('em', null, inline(italic));
  return el('s', null, inline(strike));
}

/** In code nothing is formatted, but references and links are still what they stand for. */
function plain(text) {
  return text
    .split(/(<[^<>\n]+>)/)
    .map((part, index) => (index % 2 === 1 ? reference(part.slice(1, -1)) : unescaped(part)));
}

/** What stands in angle brackets: people, channels, groups, links, dates. @param {string} inside */
function reference(inside) {
  const [target = '', label] = inside.split(/\|(.*)/s);
  if (target.startsWith('@')) return mention(target.slice(1), label);
  if (target.startsWith('#')) return channelLink(target.slice(1), label);
  if (target.startsWith('!')) return command(target.slice(1).split('^'), label);
  return safeLink(unescaped(target), label === undefined ? undefined : withEmoji(unescaped(label)));
}

function command([name, ...more], label) {
  if (name === 'subteam') return usergroup(more[0], label);
  if (name !== 'date') return broadcast(label?.replace(/^@/, '') ?? name);
  const [seconds, format = '', url] = more;
  const shown =
    slackDate(Number(seconds), format, store.seen.me.tz, store.clock?.now) ?? unescaped(label ?? '');
  return url === undefined ? el('time', null, shown) : safeLink(unescaped(url), shown);
}

/** A text object: mrkdwn or plain. */
export function textObject(text) {
  if (text.type === 'mrkdwn') return mrkdwn(text.text);
  return [document.createTextNode(words(text))];
}

/** The words of a plain text object. */
export function words(text) {
  return text.emoji === false ? text.text : withEmoji(text.text);
}
