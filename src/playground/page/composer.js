// @ts-check
import { act } from './api.js';
import { complete, hintFor } from './completion.js';
import { el, fill, toast, whileBusy } from './dom.js';
import { icon } from './icons.js';
import { here, store } from './store.js';

/**
 * A message box with completion of commands, people, groups, channels and emoji. What is begun in one place stays
 * there when one goes elsewhere.
 * @param {{ id: string, label: () => string, thread: () => string | null }} options
 */
export function composer({ id, label, thread }) {
  let offered = { from: 0, /** @type {import('./completion.js').Choice[]} */ choices: [] };
  let active = 0;
  let writingIn = '';
  /** @type {Map<string, string>} */
  const drafts = new Map();
  const listId = `${id}-list`;
  const list = el('ul.complete', { id: listId, role: 'listbox', hidden: true, 'aria-label': 'Suggestions' });
  const hint = el('p.hint', { hidden: true });
  const box = el('textarea', {
    id,
    rows: 1,
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': listId,
    'aria-expanded': 'false',
    oninput: () => {
      grow();
      suggest();
    },
    onkeydown: onKey,
    onblur: hide,
    onclick: suggest,
  });
  const sendButton = el('button.send', { type: 'submit', 'aria-label': 'Send', title: 'Send' }, icon('send'));
  const form = el(
    'form.composer',
    {
      onsubmit: (event) => {
        event.preventDefault();
        void send();
      },
    },
    list,
    hint,
    el('div.composer-box', null, box, sendButton),
  );

  function grow() {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
  }

  function onKey(event) {
    const choice = offered.choices[active];
    if (!list.hidden && choice) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const count = offered.choices.length;
        active = (active + (event.key === 'ArrowDown' ? 1 : -1) + count) % count;
        return show();
      }
      // Enter sends what is written already, such as a command that needs nothing after it.
      const isWritten = box.value.slice(offered.from) === choice.text;
      if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && !isWritten)) {
        event.preventDefault();
        return take(choice);
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        return hide();
      }
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
  }

  function suggest() {
    offered = complete(box.value.slice(0, box.selectionStart), thread() !== null);
    active = 0;
    show();
    showHint();
  }

  function showHint() {
    const found = hintFor(box.value);
    hint.hidden = found === undefined || thread() !== null;
    if (found) fill(hint, el('strong', null, found.name), ` ${found.usage}`);
  }

  function show() {
    list.hidden = offered.choices.length === 0;
    box.setAttribute('aria-expanded', String(!list.hidden));
    fill(
      list,
      offered.choices.map((choice, index) =>
        el(
          'li',
          {
            id: `${listId}-${index}`,
            role: 'option',
            'aria-selected': String(index === active),
            onmousedown: (event) => {
              event.preventDefault();
              take(choice);
            },
          },
          el('strong', null, choice.title),
          choice.more && el('span', null, choice.more),
        ),
      ),
    );
    if (list.hidden) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', `${listId}-${active}`);
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  function hide() {
    offered = { from: 0, choices: [] };
    show();
  }

  function take({ text, gap }) {
    const { from } = offered;
    const rest = box.value.slice(box.selectionStart);
    box.value = `${box.value.slice(0, from)}${text}${gap}${rest.trimStart()}`;
    const at = from + text.length + gap.length;
    box.setSelectionRange(at, at);
    box.focus();
    suggest();
  }

  function send() {
    const text = box.value;
    const channel = here();
    if (text.trim() === '' || channel === undefined) return;
    const isCommand = text.startsWith('/');
    if (isCommand && thread() !== null)
      return toast(`${text.split(/\s/)[0]} is not supported in threads. Sorry!`);
    const from = writingIn;
    box.value = '';
    hint.hidden = true;
    hide();
    grow();
    const common = { as: store.as, text, in: channel.id };
    return whileBusy(sendButton, async () => {
      const sent = isCommand
        ? await act('command', common)
        : await act('message', { ...common, ...(thread() === null ? {} : { thread_ts: thread() }) });
      if (sent === undefined) putBack(from, text);
    });
  }

  /** What could not be sent must not be lost. */
  function putBack(place, text) {
    if (place !== writingIn) drafts.set(place, text);
    else if (box.value === '') box.value = text;
  }

  return {
    form,
    update() {
      box.setAttribute('aria-label', label());
      box.placeholder = label();
      const now = `${store.as} ${here()?.id} ${thread()}`;
      if (now === writingIn) return;
      drafts.set(writingIn, box.value);
      writingIn = now;
      box.value = drafts.get(now) ?? '';
      hide();
      showHint();
      grow();
    },
    focus: () => box.focus(),
  };
}
