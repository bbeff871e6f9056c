// @ts-check
import { el } from './dom.js';
import { drawElement } from './elements.js';
import { mrkdwn, textObject, words } from './mrkdwn.js';
import { notDrawn } from './not-drawn.js';
import { richText } from './rich-text.js';

let count = 0;

/**
 * Where a block is drawn: how to act on its elements and what has been entered so far.
 * @typedef {{
 *   surface: 'message' | 'modal' | 'home',
 *   press: (target: { action_id: string, block_id: string, value?: unknown }) => Promise<void>,
 *   entries: Map<string, unknown>,
 *   errors: Record<string, string>,
 * }} Place
 */

/** @param {any[]} blocks @param {Place} place */
export function drawBlocks(blocks, place) {
  return blocks.map((block) => drawBlock(block, place));
}

/** @param {any} block @param {Place} place */
function drawBlock(block, place) {
  switch (block.type) {
    case 'section':
      return section(block, place);
    case 'header':
      return el('h3.b-header', null, words(block.text));
    case 'divider':
      return el('hr.b-divider', null);
    case 'context':
      return el(
        'div.b-context',
        null,
        block.elements.map((it) => (it.type === 'image' ? smallImage(it) : el('span', null, textObject(it)))),
      );
    case 'actions':
      return el(
        'div.b-actions',
        null,
        block.elements.map((it) => drawElement(it, block, place)),
      );
    case 'input':
      return input(block, place);
    case 'image':
      return el(
        'figure.b-image',
        null,
        block.title && el('figcaption', null, words(block.title)),
        el('img', { src: block.image_url, alt: block.alt_text, loading: 'lazy' }),
      );
    case 'rich_text':
      return richText(block);
    case 'markdown':
      return el(
        'div.b-section',
        null,
        mrkdwn(block.text.replace(/\*\*(.+?)\*\*/g, '*$1*').replace(/^#+\s+(.*)$/gm, '*$1*')),
      );
    case 'table':
      return table(block);
    default:
      return notDrawn(`block "${block.type}"`);
  }
}

function section(block, place) {
  const body = el(
    'div.b-body',
    null,
    block.text && el('div.b-text', null, textObject(block.text)),
    block.fields &&
      el(
        'div.b-fields',
        null,
        block.fields.map((field) => el('div', null, textObject(field))),
      ),
  );
  if (!block.accessory) return el('div.b-section', null, body);
  const accessory =
    block.accessory.type === 'image'
      ? el('img.b-thumb', { src: block.accessory.image_url, alt: block.accessory.alt_text })
      : drawElement(block.accessory, block, place);
  return el('div.b-section.with-accessory', null, body, el('div.b-accessory', null, accessory));
}

function input(block, place) {
  // A block_id is unique in its message alone, an id on the whole page.
  count += 1;
  const id = `field-${count}`;
  const error = place.errors[block.block_id];
  const control = drawElement(block.element, block, place, { id, 'aria-labelledby': `${id}-label` });
  if (error) {
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-describedby', `${id}-error`);
  }
  const grouped = /^(radio_buttons|checkboxes|multi_)/.test(block.element.type);
  return el(
    error ? 'div.b-input.wrong' : 'div.b-input',
    { data: { block: block.block_id } },
    el(
      grouped ? 'span.b-label' : 'label.b-label',
      { id: `${id}-label`, htmlFor: grouped ? undefined : id },
      words(block.label),
      block.optional && el('span.optional', null, ' (optional)'),
    ),
    control,
    error && el('p.b-error', { id: `${id}-error` }, error),
    block.hint && el('p.b-hint', null, words(block.hint)),
  );
}

function smallImage(image) {
  return el('img.b-small', { src: image.image_url, alt: image.alt_text });
}

function table(block) {
  const align = (index) => block.column_settings?.[index]?.align ?? 'left';
  const cell = (it, index, tag) =>
    el(tag, { style: `text-align:${align(index)}` }, it.type === 'raw_text' ? it.text : richText(it));
  const [first = [], ...rest] = block.rows;
  return el(
    'div.b-table',
    { tabIndex: 0, role: 'region', 'aria-label': 'Table' },
    el(
      'table',
      null,
      el(
        'thead',
        null,
        el(
          'tr',
          null,
          first.map((it, index) => cell(it, index, 'th')),
        ),
      ),
      el(
        'tbody',
        null,
        rest.map((row) =>
          el(
            'tr',
            null,
            row.map((it, index) => cell(it, index, 'td')),
          ),
        ),
      ),
    ),
  );
}
