// @ts-check
import { el } from './dom.js';
import { hide, showNear } from './near.js';

/**
 * A button that opens a list of things to do: arrow keys go through it, Escape and a press elsewhere close it.
 * @param {{ label: string, shown: Node, key: string, items: { text: string, description?: string, run: () => unknown }[] }} options
 */
export function menu({ label, shown, key, items }) {
  const popup = el(
    'div.popup.menu-items',
    { popover: 'auto', role: 'menu', 'aria-label': label, onkeydown: onKey },
    items.map(({ text, description, run }) =>
      el(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          tabIndex: -1,
          onclick: () => {
            hide(popup);
            button.focus();
            void run();
          },
        },
        el('span', null, text),
        description && el('small', null, description),
      ),
    ),
  );
  const button = el(
    'button.btn.more-actions',
    {
      type: 'button',
      'aria-label': label,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      data: { key },
      onclick: open,
    },
    shown,
  );
  popup.addEventListener('toggle', (event) =>
    button.setAttribute('aria-expanded', String(event.newState === 'open')),
  );
  return el('span.overflow', null, button, popup);

  function open() {
    showNear(popup, button, { end: true });
    popup.querySelector('button')?.focus();
  }

  function onKey(event) {
    const all = [...popup.querySelectorAll('button')];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  }
}
