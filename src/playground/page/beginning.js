// @ts-check
import { avatar } from './avatar.js';
import { el } from './dom.js';
import { addressOf, samples } from './samples.js';
import { store, titleOf } from './store.js';

/** What stands above the first message of a channel: where one is, and in an empty one what to try first. */
export function beginning(channel) {
  return el(
    'li.beginning',
    null,
    el('h2', null, channel.kind === 'im' && avatar(channel.with), titleOf(channel)),
    el('p', null, whatItIs(channel)),
    channel.messages.length === 0 && firstSteps(),
  );
}

function whatItIs(channel) {
  const { bot } = store.seen;
  if (channel.with === bot.user_id)
    return `This is between you and ${bot.name}. What it wants of you comes here.`;
  if (channel.kind === 'im')
    return `This is between you and ${titleOf(channel)}. ${bot.name} is not in it, but its commands work here.`;
  return `This is the very beginning of ${titleOf(channel)}.${channel.topic ? ` ${channel.topic}.` : ''}`;
}

/** Of a company of which Cairn knows nothing yet. */
function firstDay() {
  const { me, team, bot } = store.seen;
  return el(
    'div.first-steps',
    null,
    el(
      'p',
      null,
      `A pretend Slack: you are ${me.real_name} at ${team.name}, where ${bot.name} is new. To begin with:`,
    ),
    el('ul', null, [
      el('li', null, [el('code', null, '/cairn setup'), ' leads through the first ten minutes.']),
      el('li', null, [
        'A spreadsheet to try it with is offered in its form, or here: ',
        el('a', { href: addressOf(samples.rocks.name), download: samples.rocks.name }, 'Sample spreadsheet'),
        '.',
      ]),
    ]),
  );
}

function firstSteps() {
  const { me, team, company } = store.seen;
  if (company === 'empty') return firstDay();
  return el(
    'div.first-steps',
    null,
    el('p', null, `A pretend Slack: you are ${me.real_name} at ${team.name}. To begin with:`),
    el('ul', null, [
      el('li', null, [el('code', null, '/owner payments'), ' asks who owns something.']),
      el('li', null, 'The green button above turns the clock to the next thing that is due.'),
      el(
        'li',
        null,
        'Your name at the top left makes you somebody else; a number says for whom something waits.',
      ),
    ]),
  );
}
