// @ts-check
import { el, fill } from './dom.js';
import { firstOf, markActive, optionNodes } from './listbox.js';
import { hide, showNear } from './near.js';

/** @typedef {import('./listbox.js').Item} Item @typedef {import('./listbox.js').Group} Group */

const typingPauseMs = 150;
let count = 0;

/**
 * A field that offers a list while one types: of which one is chosen, or several.
 * @param {{
 *   load: (typed: string) => Group[] | Promise<Group[]>,
 *   isAsking?: boolean, the list comes from afar: not at every letter, and "Loading…" meanwhile
 *   minLength?: number, how much must be typed before there is a list
 *   chosen: Item[],
 *   isMany?: boolean,
 *   most?: number, how many may be chosen
 *   canEmpty?: boolean,
 *   placeholder: string,
 *   key: string,
 *   attributes: Record<string, any>,
 *   changed: (chosen: Item[]) => void,
 * }} options
 */
export function combobox(options) {
  const { load, isAsking = false, minLength = 0, isMany = false, canEmpty = true } = options;
  count += 1;
  const id = `choices-${count}`;
  let chosen = options.chosen;
  /** @type {Item[]} */
  let offered = [];
  let active = 0;
  let asked = 0;
  let isOpen = false;

  const list = el('div.listbox', {
    id,
    role: 'listbox',
    'aria-label': 'Choices',
    'aria-multiselectable': isMany ? 'true' : undefined,
  });
  const note = el('p.listbox-note', { role: 'status' });
  const popup = el('div.popup', { popover: 'manual' }, list, note);
  const input = el('input.combobox-text', {
    ...options.attributes,
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: false,
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': id,
    data: { key: options.key },
    onfocus: () => input.select(),
    onclick: () => open(),
    oninput: () => open(true),
    onkeydown: onKey,
    onblur: close,
  });
  const chips = el('ul.chips', { 'aria-label': 'Chosen' });
  const clear = el(
    'button.clear',
    { type: 'button', 'aria-label': 'Clear', tabIndex: -1, onclick: () => choose([]) },
    '×',
  );
  const node = el(
    `div.field.combobox${isMany ? '.many' : ''}`,
    { onmousedown: toInput },
    isMany && chips,
    input,
    !isMany && canEmpty && clear,
    popup,
  );
  drawChosen();
  return node;

  /** Whoever presses the box means the text in it. */
  function toInput(event) {
    if (event.target !== node && event.target !== chips) return;
    event.preventDefault();
    input.focus();
    void open();
  }

  function drawChosen() {
    clear.hidden = chosen.length === 0;
    input.placeholder = isMany && chosen.length > 0 ? '' : options.placeholder;
    if (!isMany) input.value = chosen[0]?.text ?? '';
    chips.hidden = chosen.length === 0;
    const remove = (item) => () => {
      choose(chosen.filter((it) => it.value !== item.value));
      input.focus();
    };
    const button = (item) =>
      el('button', { type: 'button', 'aria-label': `Remove ${item.text}`, onclick: remove(item) }, '×');
    fill(
      chips,
      chosen.map((item) => el('li.chip', null, el('span', null, item.text), button(item))),
    );
  }

  function choose(items) {
    chosen = items;
    if (isMany) input.value = '';
    drawChosen();
    options.changed(chosen);
  }

  function isChosen(item) {
    return chosen.some((it) => it.value === item.value);
  }

  function take(item) {
    if (!isMany) {
      choose([item]);
      return close();
    }
    if (isChosen(item)) choose(chosen.filter((it) => it.value !== item.value));
    else if (chosen.length < (options.most ?? Infinity)) choose([...chosen, item]);
    else return say(`No more than ${options.most} can be chosen.`);
    void open();
  }

  /** What is typed; a single choice that nobody touched counts as nothing, so that the whole list is shown. */
  function typed() {
    return !isMany && input.value === chosen[0]?.text ? '' : input.value.trim();
  }

  async function open(isTyping = false) {
    asked += 1;
    const mine = asked;
    isOpen = true;
    input.setAttribute('aria-expanded', 'true');
    if (typed().length < minLength) {
      show([]);
      return say(minLength === 1 ? 'Type to search.' : `Type at least ${minLength} characters.`);
    }
    if (isAsking) say('Loading…');
    if (isAsking && isTyping) await new Promise((resolve) => setTimeout(resolve, typingPauseMs));
    if (mine !== asked) return;
    try {
      const groups = await load(typed());
      // An answer to what was typed before is no answer any more.
      if (mine === asked) show(groups);
    } catch (error) {
      if (mine !== asked) return;
      show([]);
      say(error instanceof Error ? error.message : String(error));
    }
  }

  function show(groups) {
    const shown = firstOf(groups);
    offered = shown.flatMap((group) => group.items);
    active = Math.max(0, isMany ? active : offered.findIndex(isChosen));
    if (active >= offered.length) active = 0;
    fill(list, optionNodes(shown, { id, isChosen, take }));
    list.hidden = offered.length === 0;
    say(offered.length === 0 ? 'Nothing like that.' : '');
    markActive(input, list, active);
  }

  function say(words) {
    note.textContent = words;
    note.hidden = words === '';
    showNear(popup, node, { asWide: true });
  }

  function onKey(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return void open();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      active = (active + step + offered.length) % Math.max(1, offered.length);
      return markActive(input, list, active);
    }
    if (event.key === 'Enter') {
      // Enter in a menu chooses; it never submits the form around it.
      event.preventDefault();
      const item = offered[active];
      if (isOpen && item) take(item);
      else if (!isOpen) void open();
    }
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    }
    if (event.key === 'Backspace' && input.value === '' && isMany && chosen.length > 0) {
      choose(chosen.slice(0, -1));
      void open();
    }
  }

  /** Closes the list; what was typed and not taken is forgotten, and a single choice that was emptied is empty. */
  function close() {
    asked += 1;
    const isEmptied = isOpen && !isMany && canEmpty && input.value === '' && chosen.length > 0;
    isOpen = false;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    hide(popup);
    if (isEmptied) choose([]);
    else input.value = isMany ? '' : (chosen[0]?.text ?? '');
  }
}
