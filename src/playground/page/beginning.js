// @ts-check
import { avatar } from './avatar.js';
import { el } from './dom.js';
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

function firstSteps() {
  const { me, team } = store.seen;
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
