// @ts-check
import { avatar } from './avatar.js';
import { el, fill } from './dom.js';
import { hide, showNear } from './near.js';
import { store } from './store.js';

/**
 * A list of people to choose from, with a field to find one: under the button that opens it.
 * @param {{ label: string, mayPick: (person: any) => boolean, pick: (person: any) => void, showsWaiting: boolean }} options
 */
export function finder({ label, mayPick, pick, showsWaiting }) {
  const list = el('ul.people', { 'aria-label': label });
  const search = el('input.field', {
    type: 'search',
    placeholder: 'Find a person',
    'aria-label': 'Find a person',
    autocomplete: 'off',
    oninput: draw,
    onkeydown: (event) => event.key === 'Enter' && list.querySelector('button:not(:disabled)')?.click(),
  });
  const popup = el(
    'div.popup.finder',
    { popover: 'auto', role: 'dialog', 'aria-label': label, onkeydown: walk },
    search,
    list,
  );
  return {
    popup,
    /** @param {Element} button */
    open(button) {
      search.value = '';
      draw();
      showNear(popup, button);
      search.focus();
    },
  };

  function draw() {
    const typed = search.value.toLowerCase();
    fill(
      list,
      store.seen.people
        .filter((it) => `${it.real_name} ${it.name} ${it.title}`.toLowerCase().includes(typed))
        .toSorted((one, other) => Number(other.waiting > 0) - Number(one.waiting > 0))
        .map(row),
    );
    if (list.childElementCount === 0) fill(list, el('li.nobody', null, 'Nobody is called that.'));
  }

  function row(person) {
    const more = person.deleted
      ? 'deactivated'
      : [person.title, person.is_restricted && 'guest'].filter(Boolean).join(' · ');
    const isMe = person.id === store.seen.me.id;
    const onclick = () => {
      hide(popup);
      pick(person);
    };
    return el(
      'li',
      null,
      el(
        'button',
        { type: 'button', disabled: !mayPick(person), 'aria-current': isMe ? 'true' : undefined, onclick },
        avatar(person.id, true),
        el('span.who', null, el('strong', null, person.real_name, isMe && ' (you)'), el('small', null, more)),
        showsWaiting &&
          person.waiting > 0 &&
          el(
            'span.badge',
            { role: 'img', 'aria-label': `${person.waiting} waiting` },
            String(person.waiting),
          ),
      ),
    );
  }

  function walk(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const all = [search, ...list.querySelectorAll('button:not(:disabled)')];
    const step = event.key === 'ArrowDown' ? 1 : -1;
    all.at((all.indexOf(document.activeElement) + step) % all.length)?.focus();
  }
}
