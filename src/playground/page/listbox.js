// @ts-check
import { el } from './dom.js';

const most = 100;

/**
 * One thing to choose, and such things under one label.
 * @typedef {{ value: string, text: string, description?: string }} Item
 * @typedef {{ label?: string, items: Item[] }} Group
 */

/** The first hundred: nobody scrolls further, they type. @param {Group[]} groups @returns {Group[]} */
export function firstOf(groups) {
  let left = most;
  return groups.flatMap((group) => {
    const items = group.items.slice(0, left);
    left -= items.length;
    return items.length === 0 ? [] : [{ ...group, items }];
  });
}

/**
 * The options of a listbox, by group.
 * @param {Group[]} groups
 * @param {{ id: string, isChosen: (item: Item) => boolean, take: (item: Item) => void }} how
 */
export function optionNodes(groups, { id, isChosen, take }) {
  let count = 0;
  const option = (item) => {
    count += 1;
    return el(
      'div.option',
      {
        id: `${id}-${count - 1}`,
        role: 'option',
        'aria-selected': String(isChosen(item)),
        // Not click: the field would have lost the focus by then.
        onmousedown: (event) => {
          event.preventDefault();
          take(item);
        },
      },
      el('span', null, item.text),
      item.description && el('small', null, item.description),
    );
  };
  return groups.flatMap(({ label, items }) =>
    label === undefined
      ? items.map(option)
      : [
          el(
            'div',
            { role: 'group', 'aria-label': label },
            el('strong.group', { 'aria-hidden': 'true' }, label),
            items.map(option),
          ),
        ],
  );
}

/** Shows which option Enter takes, to eyes and to screen readers. */
export function markActive(input, list, active) {
  const options = [...list.querySelectorAll('[role="option"]')];
  for (const [index, option] of options.entries()) option.classList.toggle('active', index === active);
  const option = options[active];
  option?.scrollIntoView({ block: 'nearest' });
  if (option) input.setAttribute('aria-activedescendant', option.id);
  else input.removeAttribute('aria-activedescendant');
}
