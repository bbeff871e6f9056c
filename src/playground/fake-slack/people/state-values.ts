import type { Option } from '../blocks/composition.ts';
import type { Interactive } from '../blocks/elements.ts';
import type { RichText } from '../blocks/rich-text.ts';
import { CannotDo } from '../refusal.ts';
import type { User } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { attachedFiles } from './attach.ts';

/** What an element holds, in the shape in which Slack sends it. */
export type StateValue = { type: string } & Record<string, unknown>;
export type StateValues = Record<string, Record<string, StateValue>>;

/** Buttons and overflow menus act but hold nothing. */
export function holdsValue(element: Interactive): boolean {
  return element.type !== 'button' && element.type !== 'overflow';
}

/** What the element holds before anybody touches it. */
export function initialValue(element: Interactive): StateValue {
  const { type } = element;
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: element.initial_value ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'rich_text_input':
      return { type, rich_text_value: element.initial_value ?? null };
    case 'file_input':
      return { type, files: [] };
    case 'button':
    case 'overflow':
      throw new CannotDo(`a ${type} holds no value`);
  }
}

/**
 * What the element holds once a person entered `raw`: text, a number, an option's value or text, a person's or
 * a channel's id or name, an attached file's id, a list of these; null or '' empties it. `suggested` is what a menu that is filled from
 * outside has shown. Throws CannotDo for what nobody could enter.
 */
export function enteredValue(
  world: World,
  element: Interactive,
  raw: unknown,
  { user, suggested = [] }: { user: User; suggested?: readonly Option[] },
): StateValue {
  const { type } = element;
  mustBeFew(element, raw);
  const empty = raw === null || raw === undefined || raw === '';
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: empty ? null : asText(raw) };
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: empty ? null : chosen(offeredBy(element), raw) };
    case 'external_select':
      return {
        type,
        selected_option: empty ? null : chosen(withInitial(suggested, element.initial_option), raw),
      };
    case 'overflow':
      return { type, selected_option: chosen(offeredBy(element), raw) };
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: asList(raw).map((one) => chosen(offeredBy(element), one)) };
    case 'multi_external_select':
      return {
        type,
        selected_options: asList(raw).map((one) =>
          chosen(withInitial(suggested, ...(element.initial_options ?? [])), one),
        ),
      };
    case 'users_select':
      return { type, selected_user: empty ? null : userNamed(world, raw) };
    case 'channels_select':
      return { type, selected_channel: empty ? null : channelNamed(world, raw) };
    case 'conversations_select':
      return { type, selected_conversation: empty ? null : channelNamed(world, raw) };
    case 'multi_users_select':
      return { type, selected_users: asList(raw).map((one) => userNamed(world, one)) };
    case 'multi_channels_select':
      return { type, selected_channels: asList(raw).map((one) => channelNamed(world, one)) };
    case 'multi_conversations_select':
      return { type, selected_conversations: asList(raw).map((one) => channelNamed(world, one)) };
    case 'datepicker':
      return { type, selected_date: empty ? null : matching(raw, /^\d{4}-\d{2}-\d{2}$/, 'a date') };
    case 'timepicker':
      return { type, selected_time: empty ? null : matching(raw, /^([01]\d|2[0-3]):[0-5]\d$/, 'a time') };
    case 'datetimepicker':
      return { type, selected_date_time: empty ? null : Number(matching(raw, /^\d{10}$/, 'seconds')) };
    case 'rich_text_input':
      return { type, rich_text_value: empty ? null : paragraph(asText(raw)) };
    case 'file_input':
      return { type, files: attachedFiles(world, user, element, asList(raw)) };
    case 'button':
      throw new CannotDo('a button takes no value');
  }
}

export function isEmpty(value: StateValue): boolean {
  const held = Object.entries(value).find(([key]) => key !== 'type')?.[1];
  return held === null || held === undefined || (Array.isArray(held) && held.length === 0);
}

type Offering = Extract<
  Interactive,
  { type: 'static_select' | 'radio_buttons' | 'checkboxes' | 'multi_static_select' | 'overflow' }
>;

function offeredBy(element: Offering): Offered[] {
  const groups = 'option_groups' in element ? element.option_groups : undefined;
  return [...(element.options ?? []), ...(groups?.flatMap((group) => group.options) ?? [])];
}

type Offered = { value?: string | undefined; text: { text: string } };

function chosen(offered: readonly Offered[], raw: unknown): Offered {
  const wanted = asText(raw);
  const found = offered.find((it) => it.value === wanted) ?? offered.find((it) => it.text.text === wanted);
  if (found !== undefined) return found;
  const names = offered.map((it) => it.text.text).join(', ') || 'nothing';
  throw new CannotDo(`"${wanted}" is not offered here; offered: ${names}`);
}

/** A menu that is filled from outside offers what it has suggested, and what it held from the start. */
function withInitial(suggested: readonly Option[], ...initial: (Option | undefined)[]): Offered[] {
  return [...suggested, ...initial.flatMap((one) => one ?? [])];
}

/** Slack's client lets nobody choose more than a menu asks for. */
function mustBeFew(element: Interactive, raw: unknown): void {
  const most = 'max_selected_items' in element ? (element.max_selected_items ?? Infinity) : Infinity;
  if (asList(raw).length > most) throw new CannotDo(`no more than ${most} can be chosen here`);
}

function userNamed(world: World, raw: unknown): string {
  const user = world.workspace.findUser(asText(raw));
  if (user === undefined) throw new CannotDo(`nobody is called ${asText(raw)}`);
  return user.id;
}

function channelNamed(world: World, raw: unknown): string {
  const channel = world.workspace.findChannel(asText(raw));
  if (channel === undefined) throw new CannotDo(`no channel is called ${asText(raw)}`);
  return channel.id;
}

function matching(raw: unknown, pattern: RegExp, what: string): string {
  const text = asText(raw);
  if (!pattern.test(text)) throw new CannotDo(`"${text}" is not ${what}`);
  return text;
}

function asText(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number') return String(raw);
  throw new CannotDo(`text was expected, not ${JSON.stringify(raw)}`);
}

function asList(raw: unknown): unknown[] {
  if (raw === null || raw === undefined || raw === '') return [];
  return Array.isArray(raw) ? raw : [raw];
}

function paragraph(text: string): RichText {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}
