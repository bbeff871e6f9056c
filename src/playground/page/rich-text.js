// @ts-check
import { el } from './dom.js';
import { emoji } from './emoji.js';
import { channelLink, mention, safeLink } from './mrkdwn.js';
import { notDrawn } from './not-drawn.js';
import { store } from './store.js';
import { momentOf } from './time.js';

/** A rich_text block as nodes. */
export function richText(block) {
  return el('div.b-rich', null, block.elements.map(part));
}

function part(element) {
  switch (element.type) {
    case 'rich_text_section':
      return el('p', null, element.elements.map(inline));
    case 'rich_text_list':
      return el(
        element.style === 'ordered' ? 'ol' : 'ul',
        { style: `margin-left:${(element.indent ?? 0) * 1.5}em` },
        element.elements.map((it) => el('li', null, it.elements.map(inline))),
      );
    case 'rich_text_quote':
      return el('blockquote', null, element.elements.map(inline));
    case 'rich_text_preformatted':
      return el('pre', null, element.elements.map(inline));
    default:
      return notDrawn(`rich text "${element.type}"`);
  }
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
      return document.createTextNode(emoji(element.name) ?? `:${element.name}:`);
    case 'broadcast':
      return el('span.mention.loud', null, `@${element.range}`);
    case 'usergroup':
      return el('span.mention', null, `@${element.usergroup_id}`);
    case 'date':
      return el('time', null, momentOf(element.timestamp * 1000, store.seen.me.tz));
    default:
      return notDrawn(`rich text "${element.type}"`);
  }
}

function styled(node, style = {}) {
  const tags = { bold: 'strong', italic: 'em', strike: 's', code: 'code' };
  return Object.entries(tags).reduce(
    (inner, [name, tag]) => (style[name] ? el(tag, null, inner) : inner),
    node,
  );
}
