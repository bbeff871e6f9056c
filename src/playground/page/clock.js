// @ts-check
import { get } from './api.js';
import { drawOnce, el, fill, toast } from './dom.js';
import { icon } from './icons.js';
import { redraw, refresh, store } from './store.js';
import { fromField, momentOf, shortMomentOf, toField } from './time.js';

let shownAt = Date.now();
let shownNow = '';

/** The bar with company time and the ways to turn it. @param {any} node */
export function drawClock(node) {
  const { clock, seen, turning } = store;
  if (!clock) return;
  if (clock.now !== shownNow) {
    shownNow = clock.now;
    shownAt = Date.now();
  }
  const zone = seen.me.tz;
  // Company time goes on by itself between two looks at it.
  const now = new Date(Date.parse(clock.now) + Date.now() - shownAt);
  drawOnce(node, [momentOf(now, zone), zone, clock.next, clock.can_turn, turning], () => {
    const field = el('input.field', {
      type: 'datetime-local',
      value: toField(now, zone),
      'aria-label': 'Turn the clock to',
    });
    fill(
      node,
      el(
        'span.clock-now',
        null,
        icon('clock'),
        el('strong', null, momentOf(now, zone)),
        el('small', null, zone.replace('_', ' ')),
      ),
      clock.can_turn &&
        clock.next &&
        el(
          'button.btn.primary',
          { type: 'button', disabled: turning, data: { key: 'next' }, onclick: () => turn(clock.next.at) },
          `Next: ${clock.next.what}, ${shortMomentOf(clock.next.at, zone)}`,
        ),
      clock.can_turn &&
        el(
          'details.turn',
          null,
          el('summary.btn', { data: { key: 'turn' } }, 'Turn to…'),
          el(
            'form',
            {
              onsubmit: (event) => {
                event.preventDefault();
                if (field.value) void turn(fromField(field.value, zone).toISOString());
              },
            },
            field,
            el('button.btn', { type: 'submit', disabled: turning }, 'Go'),
          ),
        ),
      turning && el('span.turning', { role: 'status' }, 'Time passes…'),
    );
  });
}

async function turn(to) {
  store.turning = true;
  redraw();
  try {
    const response = await fetch('/_fake/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
    const body = await response.json();
    if (!response.ok) toast(body.words);
    store.clock = await get('clock');
  } catch {
    toast('The clock could not be turned.');
  }
  store.turning = false;
  redraw();
  void refresh();
}
