// @ts-check
import { el } from './dom.js';
import { words } from './mrkdwn.js';
import { store } from './store.js';
import { fromField, toField } from './time.js';

const typingPauseMs = 400;

/** A field to write into. In a block that sends, Enter sends what is written, or each pause in writing does. */
const field =
  (type, extra = (_element) => ({})) =>
  (element, { key, given, typed, send, sends }, attributes) => {
    const wanted = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
    const on = (trigger) => sends && wanted.includes(trigger);
    /** @type {any} */
    let pause;
    const node = el(element.multiline ? 'textarea.field' : 'input.field', {
      ...attributes,
      ...(element.multiline ? { rows: element.min_lines ?? 4 } : { type }),
      ...extra(element),
      value: given(element.initial_value ?? '') ?? '',
      placeholder: element.placeholder ? words(element.placeholder) : '',
      autocomplete: 'off',
      data: { key },
      oninput: () => {
        typed(node.value);
        clearTimeout(pause);
        if (on('on_character_entered')) pause = setTimeout(() => void send(node.value), typingPauseMs);
      },
      onkeydown: (event) => {
        if (event.key !== 'Enter' || element.multiline || !on('on_enter_pressed')) return;
        event.preventDefault();
        void send(node.value);
      },
    });
    return node;
  };

/** The browser's own picker; `toValue` and `toShown` go between its value and Slack's. */
const picker =
  (type, initial, toValue, toShown) =>
  (element, { key, given, changed }, attributes) => {
    const node = el('input.field.short', {
      ...attributes,
      type,
      value: toShown(given(initial(element))),
      data: { key },
      onchange: () => changed(node.value === '' ? null : toValue(node.value)),
    });
    return node;
  };

/** Formatted words are written here as plain ones: what was there before is shown by its text. */
const richTextField = (element, handle, attributes) =>
  field('text')(
    { ...element, multiline: true, initial_value: plainTextOf(element.initial_value) },
    handle,
    attributes,
  );

function plainTextOf(value) {
  if (value === undefined) return '';
  const text = (it) => it.text ?? it.url ?? (it.elements ?? []).map(text).join('');
  return value.elements
    .flatMap((it) => (it.type === 'rich_text_list' ? it.elements : [it]))
    .map(text)
    .join('\n');
}

const same = (it) => it ?? '';

export const fields = {
  datepicker: picker('date', (it) => it.initial_date, same, same),
  timepicker: picker('time', (it) => it.initial_time, same, same),
  datetimepicker: picker(
    'datetime-local',
    (it) => it.initial_date_time,
    (shown) => Math.floor(fromField(shown, store.seen.me.tz).getTime() / 1000),
    (seconds) => (seconds ? toField(seconds * 1000, store.seen.me.tz) : ''),
  ),
  plain_text_input: field('text', (it) => ({ maxLength: it.max_length })),
  rich_text_input: richTextField,
  // Not type=number: Slack's field takes any text and says on the field what is wrong with it.
  number_input: field('text', (it) => ({ inputMode: it.is_decimal_allowed ? 'decimal' : 'numeric' })),
  email_text_input: field('email'),
  url_text_input: field('url'),
};
