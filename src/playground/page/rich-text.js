// @ts-check
import { el } from './dom.js';
import { emoji } from './emoji.js';
import { notDrawn } from './not-drawn.js';
import { broadcast, channelLink, mention, safeLink, usergroup } from './references.js';
import { store } from './store.js';
import { slackDate } from './time.js';

/** A rich_text block as nodes. */
export function richText(block) {
  return el('div.b-rich', null, nested(block.elements).map(part));
}

/**
 * Slack sends a nested list as one list after another, each with its indent: those that are deeper become
 * children of the last item before them.
 */
function nested(elements) {
  /** @type {any[]} */
  const result = [];
  for (const element of elements) {
    const depth = element.type === 'rich_text_list' ? (element.indent ?? 0) : 0;
    const above = result.at(-1);
    if (depth > 0 && above?.type === 'rich_text_list' && (above.indent ?? 0) < depth) {
      above.deeper.push(element);
    } else {
      result.push({ ...element, deeper: [] });
    }
  }
  return result;
}

function part(element) {
  switch (element.type) {
    case 'rich_text_section':
      return el('p', null, element.elements.map(inline));
    case 'rich_text_list':
      return list(element);
    case 'rich_text_quote':
      return el('blockquote', null, element.elements.map(inline));
    case 'rich_text_preformatted':
      return el('pre', null, element.elements.map(inline));
    default:
      return notDrawn(`rich text "${element.type}"`);
  }
}

function list({ style, elements, indent = 0, offset = 0, border, deeper }) {
  const items = elements.map((it) => el('li', null, it.elements.map(inline)));
  items.at(-1)?.append(...nested(deeper).map(part));
  const tag = style === 'ordered' ? 'ol' : 'ul';
  return el(
    `${tag}.b-list.depth-${indent % 3}${border ? '.bordered' : ''}`,
    offset > 0 ? { start: offset + 1 } : null,
    items,
  );
}

function inline(element) {
  return styled(bare(element), element.style);
}

function bare(element) {
  switch (element.type) {
    case 'text':
      return document.createTextNode(element.text);
    case 'link':
      return safeLink(element.url, element.text);
    case 'user':
      return mention(element.user_id);
    case 'channel':
      return channelLink(element.channel_id);
    case 'emoji':
      return document.createTextNode(
        emoji(element.skin_tone ? `${element.name}::skin-tone-${element.skin_tone}` : element.name) ??
          `:${element.name}:`,
      );
    case 'broadcast':
      return broadcast(element.range);
    case 'usergroup':
      return usergroup(element.usergroup_id);
    case 'team':
      return el(
        'span.mention',
        null,
        `@${element.team_id === store.seen.team.id ? store.seen.team.name : element.team_id}`,
      );
    case 'color':
      return color(element.value);
    case 'date':
      return date(element);
    default:
      return notDrawn(`rich text "${element.type}"`);
  }
}

function date({ timestamp, format, url, fallback }) {
  const shown = slackDate(timestamp, format, store.seen.me.tz, store.clock?.now) ?? fallback ?? '';
  return url === undefined ? el('time', null, shown) : safeLink(url, shown);
}

/** The value with a sample of it; what is no colour to the browser has none. */
function color(value) {
  const sample = el('span.swatch', { 'aria-hidden': 'true' });
  sample.style.background = value;
  return el('span', null, sample, value);
}

function styled(node, style = {}) {
  const tags = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', highlight: 'mark', code: 'code' };
  return Object.entries(tags).reduce(
    (inner, [name, tag]) => (style[name] ? el(tag, null, inner) : inner),
    node,
  );
}
