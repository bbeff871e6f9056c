// @ts-check
import { get } from './api.js';
import { el, fill } from './dom.js';
import { reasonOf } from './reasons.js';
import { store } from './store.js';
import { preciseTimeOf } from './time.js';

const most = 500;

let last = 0;
let isAsking = false;
/** @type {any} the answer to the page's question after which the log was last asked for */
let asked = null;
/** newest first @type {{ node: any, words: string, isRefused: boolean }[]} */
let rows = [];

const list = el('ol.crossings', { 'aria-label': 'What crossed, the newest first' });
const none = el('p.empty', null, 'Nothing has crossed yet. Type a command, and look again.');
const words = el('input.field', {
  type: 'search',
  placeholder: 'Filter: a method, a word, an error…',
  'aria-label': 'Filter what crossed',
  oninput: filter,
});
const refusedOnly = el('input', { type: 'checkbox', onchange: filter });
const tools = el('div.log-tools', null, words, el('label.choice', null, refusedOnly, 'only what went wrong'));

/** The log of all that crossed between Cairn and the fake, as it comes. @param {any} node */
export function drawLog(node) {
  if (node.childElementCount === 0) fill(node, tools, none, list);
  if (asked === store.seen || isAsking) return;
  asked = store.seen;
  void more();
}

/** After a restart the log begins anew, and its numbers with it. */
export function forgetLog() {
  last = 0;
  asked = null;
  rows = [];
  fill(list);
}

async function more() {
  isAsking = true;
  try {
    const { log } = await get(`log?after=${last}&limit=${most}`);
    const fresh = log.filter((it) => it.id > last).slice(-most);
    last = Math.max(last, ...fresh.map((it) => it.id));
    rows = [...fresh.map(row).reverse(), ...rows].slice(0, most);
    fill(
      list,
      rows.map((it) => it.node),
    );
    filter();
  } catch (error) {
    fill(none, String(error instanceof Error ? error.message : error));
  } finally {
    isAsking = false;
  }
}

function filter() {
  const wanted = words.value.toLowerCase();
  for (const { node, words: all, isRefused } of rows)
    node.hidden = !all.includes(wanted) || (refusedOnly.checked && !isRefused);
  none.hidden = rows.length > 0;
}

function row(crossing) {
  const { at, from, kind, name, status, took_ms, fault } = crossing;
  const reason = reasonOf(crossing);
  const body = el('div.crossing-body', null);
  const direction = from === 'cairn' ? 'Cairn → Slack' : 'Slack → Cairn';
  const node = el(
    `li.crossing${reason === null ? '' : '.refused-row'}`,
    null,
    el(
      'details',
      {
        ontoggle: (event) =>
          event.target.open && body.childElementCount === 0 && fill(body, contents(crossing)),
      },
      el(
        'summary',
        null,
        el(
          'span.direction',
          { title: direction },
          el('span', { 'aria-hidden': 'true' }, from === 'cairn' ? '↑' : '↓'),
          el('span.unseen', null, direction),
        ),
        el('strong', null, name),
        kind !== 'api' && kind !== name && el('span.kind', null, kind),
        fault && el('span.fault', null, fault),
        el('span.status', null, String(status)),
        took_ms !== undefined && el('span.took', null, `${Math.round(took_ms)} ms`),
        el('time', { dateTime: at }, preciseTimeOf(at, store.seen.me.tz)),
        reason !== null && el('span.reason', null, reason),
      ),
      body,
    ),
  );
  const text = [
    direction,
    kind,
    name,
    status,
    fault,
    reason,
    JSON.stringify(crossing.request),
    JSON.stringify(crossing.answer),
  ];
  return { node, words: text.join(' ').toLowerCase(), isRefused: reason !== null };
}

const contents = ({ request, answer }) => [
  el('h3', null, 'Request'),
  el('pre', { tabIndex: 0 }, json(request)),
  el('h3', null, 'Answer'),
  el('pre', { tabIndex: 0 }, json(answer)),
];

function json(value) {
  if (value === undefined || value === null || value === '') return '(nothing)';
  return typeof value === 'string' ? value : JSON.stringify(parsed(value), null, 2);
}

/** Forms carry their JSON as text: inside the request it is read as what it is. */
function parsed(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => {
      if (typeof it !== 'string' || !/^[[{]/.test(it)) return [key, it];
      try {
        return [key, JSON.parse(it)];
      } catch {
        return [key, it];
      }
    }),
  );
}
