// @ts-check
import { act } from './api.js';
import { el, fill, toast } from './dom.js';
import { icon } from './icons.js';
import { here, store } from './store.js';

/**
 * A message box with completion of commands, people and channels.
 * @param {{ id: string, label: () => string, thread: () => string | null }} options
 */
export function composer({ id, label, thread }) {
  let choices = [];
  let active = 0;
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
    onblur: () => setTimeout(hide, 150),
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
    if (!list.hidden && choices.length > 0) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        active = (active + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length;
        return show();
      }
      if (
        event.key === 'Tab' ||
        (event.key === 'Enter' && !event.shiftKey && choices[active].text !== box.value)
      ) {
        event.preventDefault();
        return take(choices[active]);
      }
      if (event.key === 'Escape') return hide();
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
  }

  /** What is being written where the cursor stands. */
  function suggest() {
    const before = box.value.slice(0, box.selectionStart);
    const command = /^\/\S*$/.exec(before)?.[0];
    const name = /(?:^|[\s("])([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
    showHint();
    if (command !== undefined && thread() === null) choices = commands(command);
    else if (name) choices = (name[1] === '@' ? people : channels)(name[2].toLowerCase());
    else choices = [];
    active = 0;
    show();
  }

  function showHint() {
    const name = /^(\/\S+)\s/.exec(box.value)?.[1];
    const command = store.seen?.commands.find((it) => it.command === name);
    hint.hidden = command === undefined;
    if (command) fill(hint, el('strong', null, command.command), ` ${command.usage_hint}`);
  }

  function show() {
    list.hidden = choices.length === 0;
    box.setAttribute('aria-expanded', String(!list.hidden));
    fill(
      list,
      choices.map((choice, index) =>
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
          el('span', null, choice.more),
        ),
      ),
    );
    if (list.hidden) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', `${listId}-${active}`);
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  function hide() {
    choices = [];
    show();
  }

  function take(choice) {
    const before = box.value.slice(0, box.selectionStart);
    const start = before.length - (/[@#/][\p{L}\p{N}._-]*$/u.exec(before)?.[0].length ?? 0);
    const rest = box.value.slice(box.selectionStart);
    box.value = `${before.slice(0, start)}${choice.text} ${rest.trimStart()}`;
    const at = start + choice.text.length + 1;
    box.setSelectionRange(at, at);
    box.focus();
    hide();
    showHint();
  }

  async function send() {
    const text = box.value;
    const channel = here();
    if (text.trim() === '' || channel === undefined) return;
    const isCommand = text.startsWith('/');
    if (isCommand && thread() !== null) {
      return toast(`${text.split(/\s/)[0]} is not supported in threads. Sorry!`);
    }
    box.value = '';
    hint.hidden = true;
    hide();
    grow();
    sendButton.classList.add('busy');
    const common = { as: store.as, text, in: channel.id };
    const sent = isCommand
      ? await act('command', common)
      : await act('message', { ...common, ...(thread() === null ? {} : { thread_ts: thread() }) });
    sendButton.classList.remove('busy');
    // What could not be sent must not be lost.
    if (sent === undefined && box.value === '') box.value = text;
  }

  return {
    form,
    update() {
      box.setAttribute('aria-label', label());
      box.placeholder = label();
    },
    focus: () => box.focus(),
  };
}

const matches = (query) => (it) =>
  it.text.toLowerCase().includes(query) || it.more.toLowerCase().includes(query);

function commands(typed) {
  return store.seen.commands
    .filter((it) => it.command.startsWith(typed))
    .map((it) => ({ text: it.command, title: `${it.command} ${it.usage_hint}`, more: it.description }));
}

function people(query) {
  return store.seen.people
    .filter((it) => !it.deleted)
    .map((it) => ({ text: `@${it.name}`, title: it.real_name, more: `@${it.name} · ${it.title}` }))
    .filter(matches(query))
    .slice(0, 8);
}

function channels(query) {
  return store.seen.channels
    .filter((it) => it.kind === 'channel')
    .map((it) => ({ text: `#${it.name}`, title: `#${it.name}`, more: it.topic }))
    .filter(matches(query))
    .slice(0, 8);
}
