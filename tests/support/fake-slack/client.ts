import type { SeenClock } from '../../../src/playground/fake-slack/control/clock.ts';
import type { Misbehaviour } from '../../../src/playground/fake-slack/control/misbehaviour.ts';
import type {
  Seen,
  SeenFile,
  SeenMessage,
  SeenModal,
} from '../../../src/playground/fake-slack/control/seen.ts';
import type { DropReason } from '../../../src/playground/fake-slack/outbound/sockets.ts';
import type { ChannelChange, UserChange } from '../../../src/playground/fake-slack/people/administration.ts';
import type { CommandResult } from '../../../src/playground/fake-slack/people/command.ts';
import type { Entries } from '../../../src/playground/fake-slack/people/form.ts';
import type { PressResult } from '../../../src/playground/fake-slack/people/press.ts';
import type { SubmitResult } from '../../../src/playground/fake-slack/people/submit.ts';
import type { SuggestResult } from '../../../src/playground/fake-slack/people/suggest.ts';
import type { SeedChannel, SeedUser } from '../../../src/playground/fake-slack/seed.ts';
import type { Fault } from '../../../src/playground/fake-slack/state/faults.ts';
import type { Crossing, Refused } from '../../../src/playground/fake-slack/state/journal.ts';

type Where = {
  message?: Pick<SeenMessage, 'channel' | 'ts'>;
  view_id?: string;
  block_id?: string;
};

export type PressOptions = Where & {
  /** what is chosen in a menu or picker */
  value?: unknown;
  /** what else has been entered in the modal */
  entries?: Entries;
  /** what an earlier version of the message had */
  stale?: boolean;
};

/** One person at the fake: what they do and what they see. */
export type PersonClient = {
  command(text: string, where?: { in?: string }): Promise<CommandResult>;
  say(text: string, where?: { in?: string; thread_ts?: string }): Promise<SeenMessage>;
  /** by what is written on it, or its action_id; in the open modal, else the newest message that has it */
  press(target: string, options?: PressOptions): Promise<PressResult>;
  /** types into a menu that is filled from outside: what it offers then can be chosen */
  suggest(target: string, typed: string, where?: Where): Promise<SuggestResult>;
  /** chooses an entry in the menu of a message, by its name or callback_id */
  shortcut(target: string, message: Pick<SeenMessage, 'channel' | 'ts'>): Promise<PressResult>;
  /** uploads a file, as choosing it in a form does; its id is the entry of a file_input */
  attach(name: string, bytes: Uint8Array<ArrayBuffer> | string): Promise<string>;
  /** entries by label, action_id or block_id */
  submit(entries?: Entries): Promise<SubmitResult>;
  close(options?: { all?: boolean }): Promise<void>;
  openHome(): Promise<void>;
  /** has seen all that stands in a channel */
  read(where: string): Promise<void>;
  /** what this person sees in a channel; `dm` or nothing: their talk with the bot; `@ben`: theirs with Ben */
  messages(where?: string): Promise<SeenMessage[]>;
  /** the ephemeral messages that they see, in one channel or all, oldest first */
  ephemerals(where?: string): Promise<SeenMessage[]>;
  /** the modal on top */
  modal(): Promise<SeenModal | undefined>;
  /** the id of their talk with `@ben` */
  openTalk(with_: string): Promise<string>;
  /** all that they see; `channel`: with the messages of that one alone */
  state(channel?: string): Promise<Seen>;
};

/** A fault as it is asked for; what is left out is as the control API has it. */
export type NewFault = Pick<Fault, 'kind'> & Partial<Omit<Fault, 'id' | 'kind' | 'hits'>>;

/** The faults that are on. `channel` takes an id, a name or `@ana` for her talk with the bot. */
export type FaultsClient = {
  add(fault: NewFault): Promise<Fault>;
  remove(id: number): Promise<void>;
  /** no fault, no rate limits, all scopes */
  clear(): Promise<void>;
  /** with whether rate limits are on, and the scopes that were taken away */
  list(): Promise<Misbehaviour>;
};

export type FakeSlackClient = {
  as(person: string): PersonClient;
  /** everything in a channel, with everybody's ephemeral messages; `@ana`: her talk with the bot */
  messages(where: string): Promise<SeenMessage[]>;
  refused(): Promise<Refused[]>;
  /** oldest first: those after an id, the first so many of them; without an id the newest so many */
  log(span?: { after?: number; limit?: number }): Promise<Crossing[]>;
  faults: FaultsClient;
  /** Slack's own limits by method, and one message a second a channel */
  rateLimits(on: boolean): Promise<void>;
  /** takes a scope away from the bot, or gives it back */
  scopes(scope: string, granted: boolean): Promise<void>;
  /** ends Cairn's connections by Socket Mode, and says how many there were */
  dropSockets(reason?: DropReason): Promise<number>;
  clock(): Promise<SeenClock>;
  /** to an ISO instant, or by a jump's key, through what is due on the way */
  turn(to: string): Promise<SeenClock>;
  pause(): Promise<SeenClock>;
  run(): Promise<SeenClock>;
  changeUser(user: string, change: UserChange): Promise<void>;
  addUser(user: Partial<SeedUser> & Pick<SeedUser, 'id' | 'name' | 'real_name'>): Promise<void>;
  changeChannel(channel: string, change: ChannelChange): Promise<void>;
  addChannel(channel: Partial<SeedChannel> & Pick<SeedChannel, 'id' | 'name'>): Promise<void>;
  reset(): Promise<void>;
};

/** A client of the control API at this address, such as http://127.0.0.1:3000. Throws with the fake's words. */
export function createFakeSlackClient(url: string): FakeSlackClient {
  const get = <T>(path: string): Promise<T> => ask(`${url}/_fake/${path}`, {});
  const post = <T>(path: string, body: object): Promise<T> =>
    ask(`${url}/_fake/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const as = (person: string): PersonClient => {
    const state = (channel?: string) => {
      const query = new URLSearchParams({ as: person, limit: '1000' });
      if (channel !== undefined) query.set('channel', channel);
      return get<Seen>(`state?${query}`);
    };
    const seenIn = async (where: string) => {
      const { channels, people, bot } = await state();
      const name = where.replace(/^[#@]/, '');
      const other = where === 'dm' ? bot.user_id : people.find((it) => `@${it.name}` === where)?.id;
      const channel = channels.find((it) =>
        other === undefined ? it.name === name || it.id === where : it.with === other,
      );
      if (channel === undefined) throw new Error(`${person} sees no channel called ${where}`);
      return channel.messages;
    };
    return {
      command: (text, where = {}) => post('command', { as: person, text, in: where.in ?? 'dm' }),
      say: (text, where = {}) => post('message', { ...where, as: person, text, in: where.in ?? 'dm' }),
      press: (target, options = {}) => post('press', { ...options, as: person, target }),
      suggest: (target, typed, where = {}) => post('suggest', { ...where, as: person, target, typed }),
      shortcut: (target, { channel, ts }) =>
        post('shortcut', { as: person, target, message: { channel, ts } }),
      attach: async (name, body) => {
        const query = new URLSearchParams({ as: person, name });
        const headers = { 'content-type': 'application/octet-stream' };
        const sent = { method: 'POST', headers, body };
        return (await ask<{ file: SeenFile }>(`${url}/_fake/attach?${query}`, sent)).file.id;
      },
      submit: (entries = {}) => post('submit', { as: person, entries }),
      close: async (options = {}) => void (await post('close', { ...options, as: person })),
      openHome: async () => void (await post('open-home', { as: person })),
      read: async (where) => void (await post('read', { as: person, in: where })),
      messages: (where = 'dm') => seenIn(where),
      ephemerals: async (where) => {
        const all =
          where === undefined ? (await state()).channels.flatMap((it) => it.messages) : await seenIn(where);
        return all.filter((it) => it.ephemeral).sort((one, other) => (one.ts < other.ts ? -1 : 1));
      },
      openTalk: async (with_) =>
        (await post<{ channel: string }>('open-talk', { as: person, with: with_ })).channel,
      modal: async () => (await state()).modals.at(-1),
      state,
    };
  };

  return {
    as,
    messages: async (where) =>
      (await get<{ messages: SeenMessage[] }>(`messages?in=${encodeURIComponent(where)}`)).messages,
    refused: async () => (await get<{ refused: Refused[] }>('refused')).refused,
    log: async (span = {}) => {
      const query = Object.entries(span).map(([name, value]) => `${name}=${value}`);
      return (await get<{ log: Crossing[] }>(`log?${query.join('&')}`)).log;
    },
    faults: {
      add: (fault) => post('faults/add', fault),
      remove: async (id) => void (await post('faults/remove', { id })),
      clear: async () => void (await post('faults/clear', {})),
      list: () => get('faults'),
    },
    rateLimits: async (on) => void (await post('rate-limits', { on })),
    scopes: async (scope, granted) => void (await post('scopes', { scope, granted })),
    dropSockets: async (reason) => {
      const answer = await post<{ dropped: number }>('socket/drop', reason === undefined ? {} : { reason });
      return answer.dropped;
    },
    clock: () => get('clock'),
    turn: (to) => post('clock', { to }),
    pause: () => post('clock/pause', {}),
    run: () => post('clock/run', {}),
    changeUser: async (user, change) => void (await post('user/change', { user, change })),
    addUser: async (user) => void (await post('user/add', user)),
    changeChannel: async (channel, change) => void (await post('channel/change', { ...change, channel })),
    addChannel: async (channel) => void (await post('channel/add', channel)),
    reset: async () => void (await post('reset', {})),
  };
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  // What the fake answers is declared beside it; a mismatch is a fault of these tests and shows at once.
  const body = (await response.json()) as T & { words?: string };
  if (!response.ok) throw new Error(body.words ?? `the fake answered ${response.status}`);
  return body;
}
