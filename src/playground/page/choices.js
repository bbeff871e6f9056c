// @ts-check
import { el } from './dom.js';
import { textObject } from './mrkdwn.js';

let count = 0;

/** One of several, or several: radio buttons and checkboxes. @param {'radio' | 'checkbox'} type */
function choice(type) {
  return (element, { key, given, changed }, attributes) => {
    const initial =
      type === 'radio'
        ? element.initial_option?.value
        : (element.initial_options ?? []).map((it) => it.value);
    const chosen = [given(initial)].flat();
    // The same message may be on the page twice, and radio buttons of one name are one group.
    count += 1;
    const name = `choice-${count}`;
    const node = el(
      'div.choices',
      { ...attributes, role: type === 'radio' ? 'radiogroup' : 'group' },
      element.options.map((it, index) =>
        el(
          'label.choice',
          null,
          el('input', {
            type,
            name,
            value: it.value,
            checked: chosen.includes(it.value),
            data: { key: `${key}/${index}` },
            onchange: () => {
              const now = [...node.querySelectorAll('input:checked')].map((input) => input.value);
              changed(type === 'radio' ? now[0] : now);
            },
          }),
          el(
            'span',
            null,
            textObject(it.text),
            it.description && el('small', null, textObject(it.description)),
          ),
        ),
      ),
    );
    return node;
  };
}

export const choices = { radio_buttons: choice('radio'), checkboxes: choice('checkbox') };
