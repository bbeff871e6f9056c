// @ts-check
import { combobox } from './combobox.js';
import { words } from './mrkdwn.js';
import { here, nameOf, store } from './store.js';

/** @typedef {import('./listbox.js').Item} Item @typedef {import('./listbox.js').Group} Group */

/** @returns {Item} */
const option = (it) => ({
  value: it.value,
  text: words(it.text),
  ...(it.description ? { description: words(it.description) } : {}),
});

/** @returns {Group[]} */
const groupsOf = ({ options, option_groups }) =>
  option_groups
    ? option_groups.map((group) => ({ label: words(group.label), items: group.options.map(option) }))
    : [{ items: options.map(option) }];

const channel = (it) => ({ value: it.id, text: `#${it.name}` });

/** What a menu offers before anything is typed. */
const offers = {
  static: groupsOf,
  users: () => [
    {
      items: store.seen.people
        .filter((it) => !it.deleted)
        .map((it) => ({ value: it.id, text: it.real_name, description: `@${it.name}` })),
    },
  ],
  channels: () => [
    {
      items: [...store.seen.channels, ...store.seen.others]
        .filter((it) => (it.kind ?? 'channel') === 'channel' && !it.is_private)
        .map(channel),
    },
  ],
  conversations: ({ filter = {} }) => [
    {
      items: store.seen.channels
        .filter((it) => !filter.include || filter.include.includes(kindOf(it)))
        .filter((it) => !(filter.exclude_bot_users && it.with === store.seen.bot.user_id))
        .map((it) => (it.kind === 'im' ? { value: it.id, text: nameOf(it.with) } : channel(it))),
    },
  ],
};

function kindOf(it) {
  if (it.kind === 'im') return 'im';
  return it.is_private ? 'private' : 'public';
}

/** Without regard to case and accents. */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @param {Group[]} groups @param {string} typed @returns {Group[]} */
function matching(groups, typed) {
  const wanted = plain(typed);
  return groups.map(({ items, ...group }) => ({
    ...group,
    items: items.filter((it) => plain(`${it.text} ${it.description ?? ''}`).includes(wanted)),
  }));
}

const current = (element) => (element.default_to_current_conversation ? here()?.id : undefined);

/** A menu whose list is known here. @param {boolean} isMany */
const known = (isMany, offer, initial) => (element, handle, attributes) => {
  const groups = offer(element);
  const items = groups.flatMap((group) => group.items);
  const values = [handle.given(initial(element)) ?? []].flat();
  return combobox({
    ...common(isMany, element, handle, attributes),
    load: (typed) => matching(groups, typed),
    chosen: values.map((value) => items.find((it) => it.value === value) ?? { value, text: nameOf(value) }),
  });
};

/** A menu whose list Cairn gives for what is typed. @param {boolean} isMany */
const external = (isMany) => (element, handle, attributes) => {
  const initial = [element.initial_option ?? element.initial_options ?? []].flat().map(option);
  const values = [handle.given(initial.map((it) => it.value)) ?? []].flat();
  const settings = common(isMany, element, handle, attributes);
  return combobox({
    ...settings,
    isAsking: true,
    minLength: element.min_query_length ?? 3,
    load: async (typed) => groupsOf(await handle.suggest(typed)),
    chosen: values.map(
      (value) => initial.find((it) => it.value === value) ?? { value, text: handle.textOf(value) },
    ),
    changed: (items) => {
      for (const { value, text } of items) handle.remember(value, text);
      settings.changed(items);
    },
  });
};

function common(isMany, element, handle, attributes) {
  return {
    isMany,
    most: element.max_selected_items,
    canEmpty: handle.canEmpty,
    placeholder: element.placeholder ? words(element.placeholder) : isMany ? 'Choose…' : 'Choose one…',
    key: handle.key,
    attributes,
    changed: (items) => handle.changed(isMany ? items.map((it) => it.value) : (items[0]?.value ?? null)),
  };
}

const values = (options) => options?.map((it) => it.value);

export const menus = {
  static_select: known(false, offers.static, (it) => it.initial_option?.value),
  users_select: known(false, offers.users, (it) => it.initial_user),
  channels_select: known(false, offers.channels, (it) => it.initial_channel),
  conversations_select: known(false, offers.conversations, (it) => it.initial_conversation ?? current(it)),
  external_select: external(false),
  multi_static_select: known(true, offers.static, (it) => values(it.initial_options)),
  multi_users_select: known(true, offers.users, (it) => it.initial_users),
  multi_channels_select: known(true, offers.channels, (it) => it.initial_channels),
  multi_conversations_select: known(
    true,
    offers.conversations,
    (it) => it.initial_conversations ?? current(it),
  ),
  multi_external_select: external(true),
};
