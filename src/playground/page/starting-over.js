// @ts-check
import { act } from './api.js';
import { confirmFirst } from './confirm.js';
import { el, toast, whileBusy } from './dom.js';
import { addressOf, samples } from './samples.js';
import { go, store } from './store.js';

const plain = (text) => ({ type: 'plain_text', text });

const beginnings = {
  empty: {
    button: 'Begin with an empty company',
    confirm: {
      title: plain('Begin with an empty company?'),
      text: plain(
        'People, channels and user groups stay in Slack; Cairn knows of no rocks, no OKRs and no rituals, as on its first day. All that was said and changed here is gone.',
      ),
      confirm: plain('Begin anew'),
      deny: plain('Keep this one'),
      style: 'danger',
    },
  },
  sample: {
    button: 'Begin with the sample company',
    confirm: {
      title: plain('Begin with the sample company?'),
      text: plain('It has rocks, OKRs and rituals. All that was said and changed here is gone.'),
      confirm: plain('Begin anew'),
      deny: plain('Keep this one'),
      style: 'danger',
    },
  },
};

/** Another company to begin with, and the spreadsheets to fill an empty one. */
export function startingOver() {
  return el(
    'div.starting-over',
    null,
    el('h3', null, 'The company'),
    el(
      'p.quiet-words',
      null,
      'An empty one shows the first ten minutes: /cairn setup brings in people, teams and rocks.',
    ),
    Object.keys(beginnings).map(beginButton),
    el('h3', null, 'Sample spreadsheets'),
    el(
      'ul.sample-list',
      null,
      Object.values(samples).map(({ name, what }) =>
        el('li', null, el('a', { href: addressOf(name), download: name }, name), `: ${what}`),
      ),
    ),
  );
}

function beginButton(company) {
  const { button, confirm } = beginnings[company];
  const node = el(
    'button.btn',
    {
      type: 'button',
      data: { key: `begin ${company}` },
      onclick: async () => {
        if (await confirmFirst(confirm)) await whileBusy(node, () => begin(company));
      },
    },
    button,
  );
  return node;
}

/** An admin begins, in the talk with the app, where it says what to do first. */
async function begin(company) {
  const done = await act('begin', { company });
  if (done === undefined) return;
  const admin = store.seen.people.find((it) => it.is_admin && !it.deleted) ?? store.seen.me;
  go({ as: admin.name, place: `D${admin.id.slice(1)}` });
  toast(`A new beginning. You are ${admin.real_name}, an admin of this workspace.`, 'good');
}
