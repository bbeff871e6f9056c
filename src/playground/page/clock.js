// @ts-check
import { act, get } from './api.js';
import { drawOnce, el, fill } from './dom.js';
import { icon } from './icons.js';
import { redraw, refresh, store } from './store.js';
import { dateOf, fromField, momentOf, sameTime, soonOf, timeOf, toField } from './time.js';

const followMs = 300;

/** The bar's parts, made once: what somebody types into the menu stays while time goes on. @type {any} */
let parts;
/** The clock as it was told last, and when. @type {{ clock: any, at: number }} */
let told = { clock: null, at: 0 };
/** @type {any} */
let minute;
let isFollowing = false;

/** The bar with the company's date and time, and the ways to turn it. @param {any} node */
export function drawClock(node) {
  const { clock, seen } = store;
  if (!clock) return;
  parts ??= build(node);
  const { zone, running, turning, next, can_turn } = clock;
  const now = companyNow();
  node.classList.toggle('paused', !running);
  drawOnce(parts.now, [toField(now, zone), zone, seen.me.tz, running, turning], () => drawNow(now));
  const soon = next && soonOf(next.at, now, zone);
  drawOnce(parts.controls, [can_turn, running, turning, next, soon], () => drawControls(soon));
  // To the minute: a button that is made anew at every look at the clock cannot be pressed.
  const jumps = clock.jumps.map(({ key, label, at }) => [key, label, momentOf(at, zone)]);
  drawOnce(parts.jumps, [jumps, turning], () => fill(parts.jumps, jumpButtons('ghost')));
  drawOnce(parts.menuJumps, [jumps, turning], () => fill(parts.menuJumps, jumpButtons('plain')));
  drawOnce(parts.words, [zone], () => fill(parts.words, `Date and time in ${zoneWords(zone)}`));
  drawOnce(parts.passing, [turning], () => fill(parts.passing, turning && 'Time passes…'));
  for (const part of [parts.jumps, parts.menu]) part.hidden = !can_turn;
  goOn(now);
}

/** What time it is: the clock runs by itself between two looks at it. */
function companyNow() {
  const { clock } = store;
  if (told.clock !== clock) told = { clock, at: Date.now() };
  return Date.parse(clock.now) + (clock.running && !clock.turning ? Date.now() - told.at : 0);
}

/** Draws the next minute as it comes, asks again when something came due, and follows a clock that is turned. */
function goOn(now) {
  const { running, turning, next } = store.clock;
  clearTimeout(minute);
  if (turning) return void follow();
  if (!running || document.visibilityState === 'hidden') return;
  minute = setTimeout(
    () => {
      const isDue = next !== null && Date.parse(next.at) <= companyNow();
      if (isDue) void refresh();
      else redraw();
    },
    60_000 - (now % 60_000) + 20,
  );
}

async function follow() {
  if (isFollowing) return;
  isFollowing = true;
  while (store.clock.turning && document.visibilityState === 'visible') {
    await new Promise((resolve) => setTimeout(resolve, followMs));
    const clock = await get('clock').catch(() => null);
    if (clock === null) break;
    store.clock = clock;
    redraw();
  }
  isFollowing = false;
}

/** Turns the clock, lets it stand or run; a refusal is said in a toast. */
async function change(path, body) {
  if (store.clock.turning) return;
  parts.menu.open = false;
  store.clock = {
    ...store.clock,
    now: new Date(companyNow()).toISOString(),
    turning: path === 'clock',
  };
  redraw();
  const before = { ...store.clock, turning: false };
  store.clock = (await act(path, body)) ?? (await get('clock').catch(() => before));
  redraw();
  void refresh();
}

function drawNow(now) {
  const { zone, running, turning } = store.clock;
  const mine = store.seen.me.tz;
  const here = new Date(now).toISOString();
  fill(
    parts.now,
    el('time', { dateTime: here }, el('strong', null, timeOf(now, zone)), ` ${dateOf(now, zone)}`),
    !turning &&
      el(
        'small',
        null,
        !running && el('b', null, 'Paused'),
        el('span', null, zoneWords(zone)),
        !sameTime(now, zone, mine) && el('span', null, `${timeHere(now, zone, mine)} for you`),
      ),
  );
}

/** "10:00", and the day where it is another one. */
function timeHere(now, zone, mine) {
  const isSameDay = toField(now, zone).slice(0, 10) === toField(now, mine).slice(0, 10);
  return isSameDay ? timeOf(now, mine) : `${dateOf(now, mine).split(' ')[0]} ${timeOf(now, mine)}`;
}

function drawControls(soon) {
  const { can_turn, running, next, zone } = store.clock;
  const toggle = running
    ? button('ghost', 'run', { onclick: () => change('clock/pause', {}) }, icon('pause'), 'Pause')
    : button('run', 'run', { onclick: () => change('clock/run', {}) }, icon('run'), 'Run');
  const turn = (due) => {
    const what = `Next: ${due.what}`;
    const onclick = () => change('clock', { to: due.at });
    const props = { 'aria-label': `${what}, ${soon}`, title: momentOf(due.at, zone), onclick };
    return button('primary.next', 'next', props, el('span', null, what), el('small', null, soon));
  };
  fill(parts.controls, can_turn && [toggle, next && turn(next)]);
}

function jumpButtons(classes) {
  const { jumps, zone } = store.clock;
  return jumps.map(({ key, label, at }) =>
    button(classes, key, { title: momentOf(at, zone), onclick: () => change('clock', { to: key }) }, label),
  );
}

/** It keeps the focus while time passes: a disabled one would lose it. */
function button(classes, key, props, ...words) {
  const isWaiting = store.clock.turning ? 'true' : undefined;
  return el(
    `button.btn.${classes}`,
    { type: 'button', data: { key }, 'aria-disabled': isWaiting, ...props },
    ...words,
  );
}

function build(node) {
  const field = el('input.field', { type: 'datetime-local', required: true, data: { key: 'date' } });
  const words = el('span', null);
  const menuJumps = el('div.menu-jumps', null);
  const summary = el(
    'summary.btn.ghost',
    { data: { key: 'turn' } },
    el('span.wide', null, 'Another date…'),
    el('span.narrow', null, 'Jump…'),
  );
  const menu = el(
    'details.turn',
    {
      ontoggle: () => {
        if (menu.open) field.value = toField(companyNow(), store.clock.zone);
      },
      onkeydown: (event) => {
        if (event.key !== 'Escape' || !menu.open) return;
        menu.open = false;
        summary.focus();
      },
    },
    summary,
    el(
      'div.turn-menu',
      null,
      menuJumps,
      el(
        'form',
        {
          onsubmit: (event) => {
            event.preventDefault();
            void change('clock', { to: fromField(field.value, store.clock.zone).toISOString() });
            summary.focus();
          },
        },
        el('label', null, words, field),
        el('button.btn', { type: 'submit' }, 'Go'),
      ),
    ),
  );
  const made = {
    now: el('div', null),
    controls: el('div.clock-controls', null),
    jumps: el('div.jumps', { role: 'group', 'aria-label': 'Jump to' }),
    menu,
    menuJumps,
    words,
    passing: el('span.turning', { role: 'status' }),
  };
  node.append(el('div.clock-now', null, made.now, made.passing), made.controls, made.jumps, menu);
  return made;
}

const zoneWords = (zone) => zone.replaceAll('_', ' ');
