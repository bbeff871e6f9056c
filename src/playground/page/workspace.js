// @ts-check
import { act, get } from './api.js';
import { drawOnce, el, fill } from './dom.js';
import { toggle } from './faults.js';
import { startingOver } from './starting-over.js';
import { here, store } from './store.js';

/** @type {any} */
let asked = null;
const around = el('div', null);
const scopes = el('div', null);

/** What an administrator of the workspace could do to Cairn, each in one press and back. @param {any} node */
export function drawWorkspace(node) {
  if (node.childElementCount === 0) fill(node, startingOver(), around, el('h3', null, 'Scopes'), scopes);
  drawAround();
  if (asked === store.seen) return;
  asked = store.seen;
  void drawScopes();
}

function drawAround() {
  const channel = here();
  const { bot, people, me } = store.seen;
  drawOnce(around, [channel?.id, channel?.name, channel?.is_archived, channel?.bot_is_in, people], () => {
    const change = (more) => act('channel/change', { channel: channel.id, ...more });
    const botName = bot.user_id;
    fill(
      around,
      channel?.kind === 'channel' && [
        el('h3', null, `#${channel.name}`),
        toggle('Archived', 'Nobody can write to it.', channel.is_archived, (is_archived) =>
          change({ is_archived }),
        ),
        toggle(
          `${bot.name} is in it`,
          'What it posts is refused while it is not.',
          channel.bot_is_in,
          (isIn) => change(isIn ? { join: [botName] } : { leave: [botName] }),
        ),
      ],
      el('h3', null, 'People'),
      el('p.quiet-words', null, 'Somebody who leaves is deactivated; Cairn hears of it.'),
      people
        .filter((it) => it.id !== me.id)
        .map((it) =>
          toggle(it.real_name, it.title, !it.deleted, (isActive) =>
            act('user/change', { user: it.id, change: { deleted: !isActive } }),
          ),
        ),
    );
  });
}

async function drawScopes() {
  try {
    const { asked: wanted, taken } = (await get('faults')).scopes;
    drawOnce(scopes, [wanted, taken], () =>
      fill(
        scopes,
        el(
          'p.quiet-words',
          null,
          'What manifest.yml asks for. One that is taken away is answered with missing_scope.',
        ),
        wanted.map((scope) =>
          toggle(scope, '', !taken.includes(scope), (granted) => act('scopes', { scope, granted })),
        ),
      ),
    );
  } catch (error) {
    fill(scopes, el('p.b-error', null, error instanceof Error ? error.message : String(error)));
  }
}
