// @ts-check
import { drawOnce, el, fill } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './message.js';
import { go, here, redraw, store } from './store.js';

/** The list of channels, the talk with the bot, and who one is. @param {any} node */
export function drawSidebar(node) {
  const { seen } = store;
  const open = here();
  node.classList.toggle('open', store.menuOpen);
  const channels = seen.channels.map(({ id, name, kind, unread, is_private, is_archived }) => ({
    id,
    name,
    kind,
    unread: id === open?.id ? 0 : unread,
    is_private,
    is_archived,
  }));
  drawOnce(node, [channels, seen.people, seen.me, seen.refused, open?.id, store.tab], () => {
    const talk = channels.find((it) => it.kind === 'im');
    fill(
      node,
      el('div.team', null, seen.team.name),
      whoAmI(),
      el('h2', null, 'Channels'),
      el(
        'ul',
        null,
        channels
          .filter((it) => it.kind === 'channel')
          .sort((one, other) => one.name.localeCompare(other.name))
          .map((it) => entry(it, it.is_private ? icon('lock') : '#', it.name, open)),
      ),
      el('h2', null, 'Apps'),
      el('ul', null, talk && entry(talk, avatar(seen.bot.user_id, true), seen.bot.name, open)),
      seen.refused > 0 &&
        el(
          'a.refused',
          { href: '/_fake/refused', target: '_blank', rel: 'noopener' },
          icon('warning'),
          ` ${seen.refused} refused by the fake Slack`,
        ),
    );
  });
}

function entry(channel, mark, name, open) {
  const isOpen = channel.id === open?.id;
  const count = channel.unread;
  return el(
    'li',
    null,
    el(
      `button.place${isOpen ? '.open' : ''}${count > 0 ? '.unread' : ''}`,
      {
        type: 'button',
        'aria-current': isOpen ? 'page' : undefined,
        data: { key: channel.id },
        onclick: () => go({ place: channel.id }),
      },
      el('span.mark', { 'aria-hidden': 'true' }, mark),
      el('span.name', null, name),
      channel.is_archived && el('span.archived', null, 'archived'),
      count > 0 && el('span.badge', { 'aria-label': `${count} unread` }, String(count)),
    ),
  );
}

/** The switch of person: one press, and one is somebody else. */
function whoAmI() {
  const { me, people } = store.seen;
  const waiting = people.filter((it) => it.id !== me.id).reduce((sum, it) => sum + it.waiting, 0);
  const list = el('ul.people', null);
  const draw = (query) =>
    fill(
      list,
      people
        .toSorted((one, other) => Number(other.waiting > 0) - Number(one.waiting > 0))
        .filter((it) => `${it.real_name} ${it.name} ${it.title}`.toLowerCase().includes(query.toLowerCase()))
        .map((it) =>
          el(
            'li',
            null,
            el(
              'button',
              {
                type: 'button',
                disabled: it.deleted,
                'aria-current': it.id === me.id ? 'true' : undefined,
                onclick: () => {
                  popover.hidePopover();
                  go({ as: it.name, place: placeFor(it) });
                },
              },
              avatar(it.id, true),
              el(
                'span.who',
                null,
                el('strong', null, it.real_name),
                el(
                  'small',
                  null,
                  it.deleted
                    ? 'deactivated'
                    : [it.title, it.is_restricted && 'guest'].filter(Boolean).join(' · '),
                ),
              ),
              it.waiting > 0 &&
                el('span.badge', { 'aria-label': `${it.waiting} waiting` }, String(it.waiting)),
            ),
          ),
        ),
    );
  draw('');
  const search = el('input.field', {
    type: 'search',
    placeholder: 'Find a person',
    'aria-label': 'Find a person',
    oninput: (event) => draw(event.target.value),
  });
  const popover = el('div.switch', { id: 'switch', popover: 'auto' }, search, list);
  popover.addEventListener('beforetoggle', () => {
    const below = popover.parentElement.getBoundingClientRect().bottom + 6;
    popover.style.top = `${below}px`;
    popover.style.maxHeight = `${innerHeight - below - 12}px`;
  });
  return el(
    'div.me',
    null,
    el(
      'button.me-button',
      {
        type: 'button',
        popovertarget: 'switch',
        'aria-label': `You are ${me.real_name}. Be somebody else`,
        data: { key: 'me' },
      },
      avatar(me.id),
      el('span.who', null, el('strong', null, me.real_name), el('small', null, me.title || `@${me.name}`)),
      waiting > 0 && el('span.badge', { title: 'Waiting for others' }, String(waiting)),
      icon('down'),
    ),
    popover,
  );
}

/** Somebody for whom a message waits begins there; others stay where we were if they may. */
function placeFor(person) {
  if (person.waiting > 0) return `D${person.id.slice(1)}`;
  return here()?.kind === 'im' ? `D${person.id.slice(1)}` : store.place;
}

/** The button that opens the sidebar on a phone. */
export function menuButton() {
  return el(
    'button.menu',
    {
      type: 'button',
      'aria-label': 'Channels',
      'aria-controls': 'sidebar',
      onclick: () => {
        store.menuOpen = !store.menuOpen;
        redraw();
      },
    },
    icon('menu'),
  );
}
