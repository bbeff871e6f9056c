// @ts-check
import { el } from './dom.js';
import { withEmoji } from './emoji.js';
import { lexer } from './lib/marked.js';
import { unescaped } from './mrkdwn.js';
import { notDrawn } from './not-drawn.js';
import { safeLink } from './references.js';

/** Standard Markdown as nodes: marked reads it, and what it read is built here, so that no markup is ever parsed. */
export function markdown(text) {
  return el('div.b-markdown', null, lexer(text, { gfm: true, breaks: true }).map(draw));
}

const inside = (token) => (token.tokens ? token.tokens.map(draw) : withEmoji(unescaped(token.text)));

/** Markdown's own headings begin below the page's, whose first three levels are taken. */
const heading = (token) => el(`h${Math.min(token.depth + 3, 6)}.level-${token.depth}`, null, inside(token));

const drawings = {
  space: () => null,
  def: () => null,
  heading,
  paragraph: (token) => el('p', null, inside(token)),
  text: (token) => inside(token),
  escape: (token) => token.text,
  // Slack shows HTML as it is written.
  html: (token) => token.raw,
  strong: (token) => el('strong', null, inside(token)),
  em: (token) => el('em', null, inside(token)),
  del: (token) => el('s', null, inside(token)),
  codespan: (token) => el('code', null, token.text),
  br: () => el('br', null),
  hr: () => el('hr.b-divider', null),
  code: (token) => el('pre', null, token.text),
  blockquote: (token) => el('blockquote', null, inside(token)),
  link: (token) => safeLink(token.href, inside(token)),
  // Slack shows no pictures in markdown, but links to them.
  image: (token) => safeLink(token.href, token.text || undefined),
  list: (token) =>
    el(
      token.ordered ? 'ol' : 'ul',
      token.ordered && token.start !== 1 ? { start: token.start } : null,
      token.items.map(item),
    ),
  table: (token) =>
    el(
      'div.b-table',
      { tabIndex: 0, role: 'region', 'aria-label': 'Table' },
      el(
        'table',
        null,
        el('thead', null, row(token.header, 'th', token.align)),
        el(
          'tbody',
          null,
          token.rows.map((cells) => row(cells, 'td', token.align)),
        ),
      ),
    ),
};

/** A task's box is shown, as in Slack, and not to be pressed. */
function item(token) {
  const box =
    token.task &&
    el(
      'span.task',
      { role: 'img', 'aria-label': token.checked ? 'done' : 'to do' },
      token.checked ? '☑' : '☐',
    );
  return el('li', null, box, token.tokens.filter((it) => it.type !== 'checkbox').map(draw));
}

function row(cells, tag, align) {
  return el(
    'tr',
    null,
    cells.map((cell, index) => el(tag, { style: `text-align:${align[index] ?? 'left'}` }, inside(cell))),
  );
}

function draw(token) {
  const drawing = drawings[token.type];
  return drawing === undefined ? notDrawn(`markdown "${token.type}"`) : drawing(token);
}
