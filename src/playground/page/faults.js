// @ts-check
import { act, get } from './api.js';
import { drawOnce, el, fill, whileBusy } from './dom.js';
import { icon } from './icons.js';
import { store } from './store.js';

/** What can go wrong, in words, and which of the form's fields say more about it. */
const kinds = {
  'rate-limit': { words: 'Slack says: too many calls (429)', fields: ['retry_after'] },
  'server-error': { words: 'Slack has an error of its own (5xx)', fields: ['status'] },
  hang: { words: 'Slack never answers', fields: [] },
  'cut-before': { words: 'The connection breaks before the call arrives', fields: [] },
  'cut-after': { words: 'The call is taken, then the connection breaks', fields: [] },
  slow: { words: 'Slack answers slowly', fields: ['ms'] },
  'duplicate-events': { words: 'Events come twice', fields: [] },
  'expired-triggers': { words: 'Triggers have expired', fields: [] },
  'empty-pages': { words: 'Lists come in empty and short pages', fields: [] },
};
const methods = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'response_url',
  'views.open',
  'views.update',
  'views.publish',
  'conversations.list',
  'conversations.history',
  'conversations.open',
  'users.list',
];

let kind = 'rate-limit';
/** @type {any} */
let asked = null;

const status = el('div.faults-on', null);
const form = el('form.fault-form', { noValidate: false });
const rates = el('div', null);

/** What is made to go wrong, and a form to make more of it. @param {any} node */
export function drawFaults(node) {
  if (node.childElementCount === 0) {
    fill(
      node,
      el('h3', null, 'On now'),
      status,
      el('h3', null, 'Make something go wrong'),
      form,
      el('h3', null, 'Rate limits'),
      rates,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void whileBusy(form.querySelector('button'), add);
    });
    drawForm();
  }
  if (asked === store.seen) return;
  asked = store.seen;
  void show();
}

async function show() {
  try {
    const { faults, rate_limits } = await get('faults');
    drawOnce(status, [faults, store.names], () =>
      fill(
        status,
        faults.length === 0 && el('p.quiet-words', null, 'All is well.'),
        el('ul', null, faults.map(entry)),
        (faults.length > 0 || rate_limits) &&
          el(
            'button.btn',
            {
              type: 'button',
              data: { key: 'all-well' },
              onclick: (event) => whileBusy(event.currentTarget, () => act('faults/clear', {})),
            },
            'All well again',
          ),
      ),
    );
    drawOnce(rates, rate_limits, () =>
      fill(
        rates,
        toggle(
          "Slack's own limits",
          'Each method by its tier, and one message a second a channel.',
          rate_limits,
          (on) => act('rate-limits', { on }),
        ),
      ),
    );
  } catch (error) {
    fill(status, el('p.b-error', null, error instanceof Error ? error.message : String(error)));
  }
}

/** A switch with its words. @param {string} label @param {string} more @param {boolean} isOn */
export function toggle(label, more, isOn, change) {
  return el(
    'label.toggle',
    null,
    el('input', {
      type: 'checkbox',
      role: 'switch',
      checked: isOn,
      data: { key: `toggle ${label}` },
      onchange: (event) => change(event.target.checked),
    }),
    el('span', null, label, more && el('small', null, more)),
  );
}

function entry(fault) {
  const remove = (event) => whileBusy(event.currentTarget, () => act('faults/remove', { id: fault.id }));
  return el(
    'li.fault-entry',
    null,
    el(
      'span',
      null,
      el('strong', null, kinds[fault.kind]?.words ?? fault.kind),
      el('small', null, more(fault)),
    ),
    el(
      'button.close',
      {
        type: 'button',
        'aria-label': `Remove: ${kinds[fault.kind]?.words ?? fault.kind}`,
        onclick: remove,
        data: { key: `fault ${fault.id}` },
      },
      icon('trash'),
    ),
  );
}

/** Where, how much and how often, in words. */
function more({ kind: its, method, channel, retry_after, status: code, ms, share, times, hits }) {
  const name = store.seen.channels.find((it) => it.id === channel)?.name;
  return [
    method ?? 'every call',
    channel && `in #${name ?? channel}`,
    its === 'rate-limit' && (retry_after === null ? 'no Retry-After' : `Retry-After ${retry_after} s`),
    its === 'server-error' && `status ${code}`,
    its === 'slow' && `after ${ms} ms`,
    share < 1 && `${Math.round(share * 100)} % of them`,
    times !== null && (times === 1 ? 'once more' : `${times} more times`),
    `hit ${hits === 1 ? 'once' : `${hits} times`}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function drawForm() {
  const option = (value, words) => el('option', { value, selected: value === kind }, words);
  const row = (label, field) => {
    field.id = `fault-${field.name}`;
    return el('div.fault-field', null, el('label', { htmlFor: field.id }, label), field);
  };
  const number = (name, placeholder, min = '0') =>
    el('input.field', { name, type: 'number', min, placeholder });
  const wants = (name) => kinds[kind].fields.includes(name);
  const select = el(
    'select.field',
    {
      name: 'kind',
      data: { key: 'kind' },
      onchange: () => {
        kind = select.value;
        drawForm();
        form.querySelector('[name="kind"]')?.focus();
      },
    },
    Object.entries(kinds).map(([value, { words }]) => option(value, words)),
  );
  fill(
    form,
    row('What', select),
    row('Where', el('input.field', { name: 'method', placeholder: 'every call', list: 'fault-methods' })),
    el(
      'datalist',
      { id: 'fault-methods' },
      methods.map((value) => el('option', { value })),
    ),
    row('Channel', el('input.field', { name: 'channel', placeholder: 'all of them, or #payments' })),
    wants('retry_after') && row('Retry-After, in seconds', number('retry_after', '30')),
    wants('retry_after') &&
      el('label.choice', null, el('input', { type: 'checkbox', name: 'bare' }), 'without the header'),
    wants('status') && row('Status', number('status', '503', '500')),
    wants('ms') && row('Milliseconds', number('ms', '2000')),
    row('Share of the calls, in percent', number('share', '100', '1')),
    row('How many times', number('times', 'until it is removed', '1')),
    el('button.btn.primary', { type: 'submit' }, 'Make it so'),
  );
}

async function add() {
  const given = Object.fromEntries(new FormData(form));
  const amount = (name) => (given[name] ? { [name]: Number(given[name]) } : {});
  const word = (name) => (given[name]?.trim() ? { [name]: given[name].trim().replace(/^#/, '') } : {});
  const body = {
    kind,
    ...word('method'),
    ...word('channel'),
    ...(given.bare ? { retry_after: null } : amount('retry_after')),
    ...amount('status'),
    ...amount('ms'),
    ...(given.share ? { share: Number(given.share) / 100 } : {}),
    ...amount('times'),
  };
  if (await act('faults/add', body)) await show();
}
