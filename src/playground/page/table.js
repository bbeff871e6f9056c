// @ts-check
import { el } from './dom.js';
import { notDrawn } from './not-drawn.js';
import { richText } from './rich-text.js';

/** A table block; its first row is its head. */
export function table(block) {
  const [first = [], ...rest] = block.rows;
  const row = (tag) => (cells) =>
    el(
      'tr',
      null,
      cells.map((it, index) => cell(it, block.column_settings?.[index] ?? {}, tag)),
    );
  return el(
    'div.b-table',
    { tabIndex: 0, role: 'region', 'aria-label': 'Table' },
    el('table', null, el('thead', null, row('th')(first)), el('tbody', null, rest.map(row('td')))),
  );
}

function cell(it, { align = 'left', is_wrapped = false }, tag) {
  return el(`${tag}${is_wrapped ? '.wrapped' : ''}`, { style: `text-align:${align}` }, content(it));
}

function content(it) {
  if (it.type === 'raw_text') return it.text;
  if (it.type === 'raw_number') return it.text ?? String(it.value);
  return it.type === 'rich_text' ? richText(it) : notDrawn(`table cell "${it.type}"`);
}
