// @ts-check
import { el } from './dom.js';
import { words } from './mrkdwn.js';
import { nameOf, store } from './store.js';

const pair = (option) => [option.value, words(option.text)];

/** What a menu offers, in groups of [value, words]; a group without a label is the whole menu. */
const offers = {
  static: (element) =>
    element.option_groups
      ? element.option_groups.map((group) => ({ label: words(group.label), items: group.options.map(pair) }))
      : [{ items: element.options.map(pair) }],
  users: () => [
    {
      items: store.seen.people
        .filter((it) => !it.deleted)
        .map((it) => [it.id, `${it.real_name} (@${it.name})`]),
    },
  ],
  channels: () => [
    { items: store.seen.channels.filter((it) => it.kind === 'channel').map((it) => [it.id, `#${it.name}`]) },
  ],
  conversations: () => [
    {
      items: store.seen.channels.map((it) => [
        it.id,
        it.kind === 'im' ? nameOf(store.seen.bot.user_id) : `#${it.name}`,
      ]),
    },
  ],
};

/** A menu of which one is chosen. */
const one =
  (offer, initial) =>
  (element, { given, changed }, attributes) => {
    const chosen = given(initial(element));
    const item = ([value, shown]) => el('option', { value, selected: value === chosen }, shown);
    const node = el(
      'select.field',
      { ...attributes, data: { key: element.action_id }, onchange: () => changed(node.value || null) },
      el('option', { value: '' }, element.placeholder ? words(element.placeholder) : 'Choose…'),
      offer(element).map(({ label, items }) =>
        label === undefined ? items.map(item) : el('optgroup', { label }, items.map(item)),
      ),
    );
    return node;
  };

/** A menu of which several are chosen: a list to tick, which needs no held-down keys. */
const several =
  (offer, initial) =>
  (element, { given, changed }, attributes) => {
    const chosen = given(initial(element) ?? []) ?? [];
    const item = ([value, shown]) =>
      el(
        'label.choice',
        null,
        el('input', {
          type: 'checkbox',
          value,
          checked: chosen.includes(value),
          onchange: () => changed([...node.querySelectorAll('input:checked')].map((it) => it.value)),
        }),
        el('span', null, shown),
      );
    const node = el(
      'div.field.many',
      { ...attributes, role: 'group' },
      offer(element).map(({ label, items }) => [label && el('strong', null, label), items.map(item)]),
    );
    return node;
  };

const values = (options) => options?.map((it) => it.value);

export const menus = {
  static_select: one(offers.static, (element) => element.initial_option?.value),
  users_select: one(offers.users, (element) => element.initial_user),
  channels_select: one(offers.channels, (element) => element.initial_channel),
  conversations_select: one(offers.conversations, (element) => element.initial_conversation),
  multi_static_select: several(offers.static, (element) => values(element.initial_options)),
  multi_users_select: several(offers.users, (element) => element.initial_users),
  multi_channels_select: several(offers.channels, (element) => element.initial_channels),
  multi_conversations_select: several(offers.conversations, (element) => element.initial_conversations),
};
