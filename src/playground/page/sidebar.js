// @ts-check
import { avatar } from './avatar.js';
import { drawOnce, el, fill } from './dom.js';
import { finder } from './finder.js';
import { icon } from './icons.js';
import { go, goToTalk, here, nameOf, redraw, store, talkWithBot } from './store.js';

const others = finder({
  label: 'Be somebody else',
  showsWaiting: true,
  mayPick: (it) => !it.deleted,
  pick: (it) => go({ as: it.name, place: placeFor(it) }),
});
const partners = finder({
  label: 'Write to somebody',
  showsWaiting: false,
  mayPick: (it) => it.id !== store.seen.me.id && !it.deleted,
  pick: (it) => goToTalk(`@${it.name}`),
});
const content = el('div.sidebar-content', null);

/** The list of channels and talks, and who one is. @param {any} node */
export function drawSidebar(node) {
  const { seen, tab, drawerOpen } = store;
  if (node.childElementCount === 0) node.append(content, others.popup, partners.popup);
  const open = here();
  node.classList.toggle('open', store.menuOpen);
  const channels = seen.channels.map(({ id, name, kind, unread, is_private, is_archived, with: other }) => ({
    id,
    name: kind === 'im' ? nameOf(other) : name,
    kind,
    other,
    unread: id === open?.id ? 0 : unread,
    is_private,
    is_archived,
  }));
  const waiting = seen.people.filter((it) => it.id !== seen.me.id && it.waiting > 0).length;
  drawOnce(content, [channels, seen.me, waiting, seen.refused, open?.id, tab, drawerOpen], () => {
    const byName = (one, other) => one.name.localeCompare(other.name);
    const part = (choose, mark) =>
      channels
        .filter(choose)
        .sort(byName)
        .map((it) => entry(it, mark(it), open));
    const isTalk = (it) => it.kind === 'im' && it.other !== seen.bot.user_id;
    fill(
      content,
      el('div.team', null, seen.team.name),
      whoAmI(waiting),
      el('h2', null, 'Channels'),
      el(
        'ul',
        null,
        part(
          (it) => it.kind === 'channel',
          (it) => (it.is_private ? icon('lock') : '#'),
        ),
      ),
      el('h2', null, 'Direct messages'),
      el(
        'ul',
        null,
        part(isTalk, (it) => avatar(it.other, true)),
        el('li', null, writeToSomebody()),
      ),
      el('h2', null, 'Apps'),
      el(
        'ul',
        null,
        part(
          (it) => it.other === seen.bot.user_id,
          (it) => avatar(it.other, true),
        ),
      ),
      backstage(),
    );
  });
}

function entry({ id, name, unread, is_archived }, mark, open) {
  const isOpen = id === open?.id;
  return el(
    'li',
    null,
    el(
      `button.place${isOpen ? '.open' : ''}${unread > 0 ? '.unread' : ''}`,
      {
        type: 'button',
        'aria-current': isOpen ? 'page' : undefined,
        data: { key: id },
        onclick: () => go({ place: id }),
      },
      el('span.mark', { 'aria-hidden': 'true' }, mark),
      el('span.name', null, name),
      is_archived && el('span.archived', null, 'archived'),
      unread > 0 && el('span.badge', { role: 'img', 'aria-label': `${unread} unread` }, String(unread)),
    ),
  );
}

/** Who one is, and that others have something waiting: one press, and one is somebody else. */
function whoAmI(waiting) {
  const { me } = store.seen;
  const button = el(
    'button.me-button',
    {
      type: 'button',
      'aria-haspopup': 'dialog',
      data: { key: 'me' },
      onclick: () => others.open(button),
    },
    avatar(me.id),
    el('span.unseen', null, 'You are'),
    el('span.who', null, el('strong', null, me.real_name), el('small', null, me.title || `@${me.name}`)),
    el('span.unseen', null, 'Be somebody else'),
    icon('down'),
  );
  const words = waiting === 1 ? '1 other has something waiting' : `${waiting} others have something waiting`;
  return el(
    'div.me',
    null,
    button,
    waiting > 0 &&
      el(
        'button.others-wait',
        { type: 'button', data: { key: 'others' }, onclick: () => others.open(button) },
        words,
      ),
  );
}

/** Somebody for whom something waits begins there; others stay where we were, or begin in their own talk with the bot. */
function placeFor(person) {
  if (person.waiting_in !== null) return person.waiting_in;
  const open = here();
  if (open?.kind !== 'im') return store.place;
  const mine = talkWithBot()?.id ?? '';
  return mine.replace(store.seen.me.id.slice(1), person.id.slice(1));
}

function writeToSomebody() {
  const button = el(
    'button.place.quiet',
    {
      type: 'button',
      'aria-haspopup': 'dialog',
      data: { key: 'write' },
      onclick: () => partners.open(button),
    },
    el('span.mark', { 'aria-hidden': 'true' }, icon('plus')),
    el('span.name', null, 'Write to somebody'),
  );
  return button;
}

/** Opens the drawer, and says there how much was refused. */
function backstage() {
  const { refused } = store.seen;
  return el(
    'button.place.backstage',
    {
      type: 'button',
      'aria-expanded': String(store.drawerOpen),
      'aria-controls': 'drawer',
      data: { key: 'backstage' },
      onclick: () => {
        Object.assign(store, { drawerOpen: !store.drawerOpen, menuOpen: false });
        redraw();
      },
    },
    el('span.mark', { 'aria-hidden': 'true' }, icon('backstage')),
    el('span.name', null, 'Behind the scenes'),
    refused > 0 &&
      el(
        'span.refused',
        { role: 'img', 'aria-label': `${refused} refused`, title: `${refused} refused by the fake of Slack` },
        icon('warning'),
        ` ${refused}`,
      ),
  );
}

/** The button that opens the sidebar on a phone. */
export function menuButton() {
  return el(
    'button.menu',
    {
      type: 'button',
      'aria-label': 'Channels and people',
      'aria-controls': 'sidebar',
      data: { key: 'menu' },
      onclick: () => {
        store.menuOpen = true;
        redraw();
        /** @type {any} */ (document.querySelector('.place.open, .me-button'))?.focus();
      },
    },
    icon('menu'),
  );
}
