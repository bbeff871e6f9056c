// @ts-check

import { choices } from './choices.js';
import { confirmFirst } from './confirm.js';
import { el } from './dom.js';
import { menus } from './menus.js';
import { words } from './mrkdwn.js';
import { notDrawn } from './not-drawn.js';
import { store } from './store.js';
import { fromField, toField } from './time.js';

/** @typedef {import('./blocks.js').Place} Place */

/**
 * Draws one element that people act on.
 * @param {any} element @param {any} block @param {Place} place
 * @param {Record<string, string>} [label] what ties it to the label of an input block
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

/** What drawings need: the value so far, and what to do when it changes or is pressed. */
function handle(element, block, place) {
  const key = `${block.block_id}/${element.action_id}`;
  const target = { action_id: element.action_id, block_id: block.block_id };
  const sends = block.type !== 'input' || block.dispatch_action;
  const send = async (value) => {
    if (!(await confirmFirst(element.confirm))) return;
    await place.press(value === undefined ? target : { ...target, value });
  };
  return {
    given: (initial) => (place.entries.has(key) ? place.entries.get(key) : initial),
    changed(value) {
      place.entries.set(key, value);
      if (sends) void send(value);
    },
    /** keeps what is typed without sending it */
    typed: (value) => place.entries.set(key, value),
    press: send,
  };
}

const button = (element, { press }) =>
  el(
    `button.btn${element.style ? `.${element.style}` : ''}`,
    {
      type: 'button',
      'aria-label': element.accessibility_label,
      data: { key: `${element.action_id}` },
      onclick: async (event) => {
        const pressed = event.currentTarget;
        if (element.url) window.open(element.url, '_blank', 'noopener,noreferrer');
        pressed.classList.add('busy');
        pressed.disabled = true;
        await press();
        pressed.disabled = false;
        pressed.classList.remove('busy');
      },
    },
    words(element.text),
    element.url && el('span', { 'aria-hidden': 'true' }, ' ↗'),
  );

const overflow = (element, { press }) => {
  const menu = el(
    'details.overflow',
    null,
    el('summary.btn', { 'aria-label': 'More actions' }, '⋯'),
    el(
      'div.overflow-menu',
      null,
      element.options.map((option) =>
        el(
          'button',
          {
            type: 'button',
            onclick: () => {
              menu.open = false;
              if (option.url) window.open(option.url, '_blank', 'noopener,noreferrer');
              void press(option.value ?? option.text.text);
            },
          },
          words(option.text),
        ),
      ),
    ),
  );
  return menu;
};

const field =
  (type, extra = () => ({})) =>
  (element, { given, typed, press, changed }, attributes) => {
    const enters = element.dispatch_action_config?.trigger_actions_on?.includes('on_enter_pressed');
    const node = el(element.multiline ? 'textarea.field' : 'input.field', {
      ...attributes,
      ...(element.multiline ? { rows: 4 } : { type }),
      ...extra(element),
      value: given(element.initial_value ?? '') ?? '',
      placeholder: element.placeholder ? words(element.placeholder) : '',
      autocomplete: 'off',
      autofocus: element.focus_on_load,
      data: { key: element.action_id },
      oninput: () => typed(node.value),
      onchange: () =>
        type === 'text' && !element.dispatch_action_config ? typed(node.value) : changed(node.value),
      onkeydown: (event) => {
        if (event.key === 'Enter' && enters) void press(node.value);
      },
    });
    return node;
  };

const picker =
  (type, initial, toValue, toShown) =>
  (element, { given, changed }, attributes) => {
    const node = el('input.field.short', {
      ...attributes,
      type,
      value: toShown(given(initial(element))),
      data: { key: element.action_id },
      onchange: () => changed(node.value === '' ? null : toValue(node.value)),
    });
    return node;
  };

const same = (it) => it ?? '';

const drawings = {
  button,
  overflow,
  ...menus,
  ...choices,
  datepicker: picker('date', (e) => e.initial_date, same, same),
  timepicker: picker('time', (e) => e.initial_time, same, same),
  datetimepicker: picker(
    'datetime-local',
    (e) => e.initial_date_time,
    (shown) => Math.floor(fromField(shown, store.seen.me.tz).getTime() / 1000),
    (seconds) => (seconds ? toField(seconds * 1000, store.seen.me.tz) : ''),
  ),
  plain_text_input: field('text', (e) => ({ maxLength: e.max_length })),
  rich_text_input: (e, h, a) => field('text')({ ...e, multiline: true, initial_value: '' }, h, a),
  // Not type=number: Slack's field takes any text and says on the field what is wrong with it.
  number_input: field('text', (e) => ({ inputMode: e.is_decimal_allowed ? 'decimal' : 'numeric' })),
  email_text_input: field('email'),
  url_text_input: field('url'),
};
