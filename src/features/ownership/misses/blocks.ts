import type { KnownBlock, ModalView } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { ago } from '../../../platform/core/time-words.ts';
import { actions, button, type Content, context, section } from '../../../platform/slack/elements.ts';
import { personField, searchField } from '../../../platform/slack/fields.ts';
import { inline, personMention, shortened } from '../../../platform/slack/mrkdwn.ts';
import type { Miss } from '../core/rock.ts';
import { isAddress, type OpenMiss, type OpenMisses, pageLength } from './core/miss.ts';

export const missActions = {
  take: 'misses:take',
  suggest: 'misses:suggest',
  alias: 'misses:alias',
  tell: 'misses:tell',
  /** Of the rocks that were offered none is meant. */
  none: 'misses:none',
  add: 'misses:add',
  notOurs: 'misses:not-ours',
  page: 'misses:page',
} as const;
export const missModals = { suggest: 'misses:suggest', alias: 'misses:alias' } as const;
/** Rocks to pick from are searched for by this action. */
export const rockSearch = 'rocks:search';

/** What was typed, as our own words name it. */
export function typedWords(typed: string): string {
  return `“${inline(shortened(typed, 80))}”`;
}

export const notOurs = 'it is nothing that we carry here';

/** What product operations has said about a question. */
export function notOursWords(typed: string): string {
  return `Product operations has looked into ${typedWords(typed)}: ${notOurs}.`;
}

/** What is said about a question that found nothing, with what can be done about it. */
export function missBlocks(typed: string, miss: Miss | undefined): Content {
  if (miss !== undefined && 'isNotOurs' in miss) {
    const text = notOursWords(typed);
    return { text, blocks: [section(text)] };
  }
  const noted = miss === undefined ? '' : ' I have noted the question, without your name.';
  const text = `I don't know ${typedWords(typed)} yet.${noted} \`/owner unowned\` lists what nobody carries.`;
  if (miss === undefined) return { text, blocks: [section(text)] };
  const id = String(miss.id);
  const takes = isAddress(typed) ? [] : [button('Take it', missActions.take, id)];
  return {
    text,
    blocks: [
      section(text),
      actions(
        ...takes,
        button('Suggest an owner', missActions.suggest, id),
        button('Add as alias', missActions.alias, id),
        button('Tell me', missActions.tell, id),
      ),
    ],
  };
}

/** The list of what was asked for in vain, most asked first. */
export function missListBlocks({ misses, total, offset, zone, now }: OpenMisses): Content {
  if (total === 0) {
    const text = 'Nothing was asked for in vain: every question has found its answer.';
    return { text, blocks: [section(text)] };
  }
  const head = total === 1 ? '*1 name was asked for in vain.*' : `*${total} names were asked for in vain.*`;
  const from = offset + 1;
  const until = offset + misses.length;
  const range = total > pageLength ? ` ${from} to ${until}, most asked first:` : ' Most asked first:';
  const lines = misses.map((miss) => missLine(miss, now, zone));
  const blocks: KnownBlock[] = [
    section(`${head}${range}`),
    ...misses.flatMap((miss, index) => [section(lines[index] ?? ''), missButtons(miss)]),
  ];
  const pages = [
    ...(offset > 0
      ? [
          button(
            'Earlier in the list',
            `${missActions.page}/earlier`,
            String(Math.max(0, offset - pageLength)),
          ),
        ]
      : []),
    ...(until < total ? [button('Further down', `${missActions.page}/further`, String(until))] : []),
  ];
  if (pages.length > 0) blocks.push(actions(...pages));
  return { text: [`${head}${range}`, ...lines].join('\n').replaceAll('*', ''), blocks };
}

function missLine(
  { query, count, lastAskedAt, askers, suggested }: OpenMiss,
  now: Temporal.Instant,
  zone: string,
): string {
  const times = count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
  const when = ago(lastAskedAt, now, zone);
  const parts = [
    `${typedWords(query)} · asked ${times}${count === 1 ? '' : ', last'} ${when}`,
    ...(suggested.length === 0 ? [] : [`suggested as its owner: ${named(suggested)}`]),
    ...(askers.length === 0 ? [] : [`to be told: ${named(askers)}`]),
  ];
  return parts.join(' · ');
}

/** More people than this are counted. */
const mostNamed = 5;

function named(people: OpenMiss['askers']): string {
  const names = people.slice(0, mostNamed).map(personMention).join(', ');
  return people.length > mostNamed ? `${names} and ${people.length - mostNamed} more` : names;
}

function missButtons({ id, query }: OpenMiss): KnownBlock {
  const value = String(id);
  return actions(
    button('Alias of …', missActions.alias, value),
    ...(isAddress(query) ? [] : [button('New rock', missActions.add, value)]),
    button('Not ours', missActions.notOurs, value),
  );
}

/** Picks the rock that was meant. */
export function aliasModal(missId: number, query: string): ModalView {
  const what = isAddress(query)
    ? 'This address becomes one of its links.'
    : 'It is found by this name from now on.';
  return {
    type: 'modal',
    callback_id: missModals.alias,
    private_metadata: String(missId),
    title: { type: 'plain_text', text: 'Add as alias', emoji: false },
    submit: { type: 'plain_text', text: 'Add', emoji: false },
    close: { type: 'plain_text', text: 'Cancel', emoji: false },
    blocks: [
      section(`Which rock is meant by ${typedWords(query)}?`),
      searchField({
        blockId: 'rock',
        label: 'Rock',
        hint: what,
        actionId: rockSearch,
        placeholder: 'Type a part of its name',
      }),
    ],
  };
}

/** Names who could own what nobody knows. */
export function suggestModal(missId: number, query: string): ModalView {
  return {
    type: 'modal',
    callback_id: missModals.suggest,
    private_metadata: String(missId),
    title: { type: 'plain_text', text: 'Suggest an owner', emoji: false },
    submit: { type: 'plain_text', text: 'Suggest', emoji: false },
    close: { type: 'plain_text', text: 'Cancel', emoji: false },
    blocks: [
      section(`Who could own ${typedWords(query)}?`),
      personField({ blockId: 'person', label: 'Person' }),
      context('Product operations sees the suggestion, and not who made it.'),
    ],
  };
}
