// @ts-check
import { el } from './dom.js';
import { drawElement } from './elements.js';
import { picture } from './images.js';
import { markdown } from './markdown.js';
import { textObject, words } from './mrkdwn.js';
import { notDrawn } from './not-drawn.js';
import { richText } from './rich-text.js';
import { table } from './table.js';

/** @typedef {import('./place.js').Place} Place */

let count = 0;

/** @param {Place} place */
export function drawBlocks(place) {
  return place.blocks.map((block) => {
    const drawing = drawings[block.type];
    const node = drawing === undefined ? notDrawn(`block "${block.type}"`) : drawing(block, place);
    node.dataset.block = block.block_id;
    return node;
  });
}

const drawings = {
  section,
  input,
  table,
  markdown: (block) => markdown(block.text),
  rich_text: richText,
  header: (block) => el('h3.b-header', null, words(block.text)),
  divider: () => el('hr.b-divider', null),
  context: (block) =>
    el(
      'div.b-context',
      null,
      block.elements.map((it) =>
        it.type === 'image' ? picture('img.b-small', it) : el('span', null, textObject(it)),
      ),
    ),
  actions: (block, place) =>
    el(
      'div.b-actions',
      null,
      block.elements.map((it) => drawElement(it, block, place)),
    ),
  image: (block) =>
    el(
      'figure.b-image',
      null,
      block.title && el('figcaption', null, words(block.title)),
      picture('img', block),
    ),
};

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
      ? picture('img.b-thumb', block.accessory)
      : drawElement(block.accessory, block, place);
  return el('div.b-section.with-accessory', null, body, el('div.b-accessory', null, accessory));
}

/** @param {any} block @param {Place} place */
function input(block, place) {
  // A block_id is unique in its message alone, an id on the whole page.
  count += 1;
  const id = `field-${count}`;
  const error = place.errors[block.block_id];
  const hints = [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(' ');
  const control = drawElement(block.element, block, place, {
    id,
    'aria-labelledby': `${id}-label`,
    'aria-describedby': hints || undefined,
    'aria-invalid': error ? 'true' : undefined,
    'aria-required': block.optional ? undefined : 'true',
  });
  const isGroup = /^(radio_buttons|checkboxes)$/.test(block.element.type);
  // A group of checkboxes is neither required nor invalid: only one of its boxes could be.
  if (control.getAttribute('role') === 'group')
    for (const name of ['aria-invalid', 'aria-required']) control.removeAttribute(name);
  return el(
    error ? 'div.b-input.wrong' : 'div.b-input',
    null,
    el(
      isGroup ? 'span.b-label' : 'label.b-label',
      { id: `${id}-label`, htmlFor: isGroup ? undefined : id },
      words(block.label),
      block.optional && el('span.optional', null, ' (optional)'),
    ),
    control,
    error && el('p.b-error', { id: `${id}-error` }, error),
    block.hint && el('p.b-hint', { id: `${id}-hint` }, words(block.hint)),
  );
}
