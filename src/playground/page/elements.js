// @ts-check
import { buttons } from './buttons.js';
import { choices } from './choices.js';
import { confirmFirst } from './confirm.js';
import { fields } from './fields.js';
import { fileFields } from './file-fields.js';
import { menus } from './menus.js';
import { words } from './mrkdwn.js';
import { notDrawn } from './not-drawn.js';
import { press, suggest } from './place.js';

/** @typedef {import('./place.js').Place} Place */

const drawings = { ...buttons, ...menus, ...choices, ...fields, ...fileFields };

/**
 * Draws one element that people act on.
 * @param {any} element @param {any} block @param {Place} place
 * @param {Record<string, any>} [label] what ties it to the label of an input block
 */
export function drawElement(element, block, place, label = {}) {
  const drawing = drawings[element.type];
  if (drawing === undefined) return notDrawn(`element "${element.type}"`);
  return drawing(element, handle(element, block, place), { ...label, ...naming(element, label) });
}

/** A menu outside of an input block has no label but its placeholder. */
function naming(element, label) {
  if (label.id !== undefined) return {};
  return {
    'aria-label': element.placeholder ? words(element.placeholder) : element.type.replaceAll('_', ' '),
  };
}

/** What drawings need: the value so far, and what to do when it changes or is pressed. @param {Place} place */
function handle(element, block, place) {
  const key = `${block.block_id}/${element.action_id}`;
  const target = { action_id: element.action_id, block_id: block.block_id };
  const sends = block.type !== 'input' || block.dispatch_action === true;
  const typed = (value) => {
    place.entries.set(key, value);
    place.keep();
  };
  const send = async (value) => {
    if (!(await confirmFirst(element.confirm))) return;
    await press(place, value === undefined ? target : { ...target, value });
  };
  return {
    /** finds the element again after it was drawn anew */
    key,
    sends,
    /** only a field of a form can be emptied once something was chosen */
    canEmpty: block.type === 'input',
    given: (initial) => (place.entries.has(key) ? place.entries.get(key) : initial),
    /** keeps what is typed without sending it */
    typed,
    changed(value) {
      typed(value);
      if (sends) void send(value);
    },
    send,
    suggest: (text) => suggest(place, target, text),
    textOf: (value) => place.texts.get(value) ?? value,
    remember: (value, text) => place.texts.set(value, text),
  };
}
