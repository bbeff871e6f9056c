import type { SeedChannel, SeedUser, SeedUsergroup, WorkspaceSeed } from '../seed.ts';
import { forgetful, type Keeper } from './keeper.ts';

export type User = SeedUser;

/** What Cairn knows at first of the company whose Slack this is: the sample's rocks and rituals, or nothing. */
export const companies = ['sample', 'empty'] as const;
export type Company = (typeof companies)[number];

export type Channel = {
  id: string;
  name: string;
  topic: string;
  purpose: string;
  /** a user id */
  creator: string;
  kind: 'channel' | 'im';
  is_private: boolean;
  is_archived: boolean;
  members: Set<string>;
  created: number;
  /** of a direct channel with the bot: the person whom it talks to */
  person?: string;
};

/** `members` are user ids. */
export type Usergroup = SeedUsergroup;

const slackbot: User = {
  id: 'USLACKBOT',
  name: 'slackbot',
  real_name: 'Slackbot',
  title: '',
  tz: 'America/Los_Angeles',
  is_admin: false,
  is_restricted: false,
  deleted: false,
  quiet_hours: null,
  // Slack itself says false here, which is why it turns up in lists of people.
  is_bot: false,
};

/** The id of somebody's direct channel with the bot. */
export function directId(user: string): string {
  return `D${user.slice(1)}`;
}

/** Who and what there is in the workspace. Finding takes ids and names alike. */
export class Workspace {
  readonly team: WorkspaceSeed['team'];
  readonly bot: WorkspaceSeed['bot'];
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly usergroups = new Map<string, Usergroup>();
  private readonly keeper: Keeper;
  /** seconds */
  readonly created: number;
  company: Company = 'sample';

  constructor(seed: WorkspaceSeed, nowMs: number, keeper: Keeper = forgetful) {
    this.keeper = keeper;
    this.team = seed.team;
    this.bot = seed.bot;
    this.created = Math.floor(nowMs / 1000);
    for (const user of seed.users) this.users.set(user.id, { ...user });
    this.users.set(slackbot.id, slackbot);
    this.users.set(seed.bot.user_id, {
      ...slackbot,
      id: seed.bot.user_id,
      name: seed.bot.name.toLowerCase(),
      real_name: seed.bot.name,
      is_bot: true,
    });
    for (const channel of seed.channels) this.restoreChannel(this.seeded(channel));
    for (const group of seed.usergroups) {
      const members = group.members.flatMap((name) => this.findUser(name)?.id ?? []);
      this.usergroups.set(group.id, { ...group, members });
    }
  }

  /** Says what Cairn begins with here, so that it is known after a restart. */
  beginWith(company: Company): void {
    this.company = company;
    this.keeper.put('company', 'company', () => company);
  }

  /** The people, without the bot and Slackbot. */
  people(): User[] {
    return [...this.users.values()].filter((user) => !user.is_bot && user.id !== slackbot.id);
  }

  /** By id, `ana` or `@ana`. */
  findUser(reference: string): User | undefined {
    const name = reference.replace(/^@/, '').toLowerCase();
    return this.users.get(reference) ?? [...this.users.values()].find((user) => user.name === name);
  }

  /** By id, `payments` or `#payments`. */
  findChannel(reference: string): Channel | undefined {
    const name = reference.replace(/^#/, '').toLowerCase();
    const byName = () => [...this.channels.values()].find((it) => it.kind === 'channel' && it.name === name);
    return this.channels.get(reference) ?? byName();
  }

  /** One that is in use, by its handle, with or without @. */
  findUsergroup(handle: string): Usergroup | undefined {
    const name = handle.replace(/^@/, '').toLowerCase();
    return [...this.usergroups.values()].find((group) => !group.is_disabled && group.handle === name);
  }

  addUser(user: SeedUser): User {
    const added = { ...user };
    this.restoreUser(added);
    this.keepUser(added);
    return added;
  }

  addChannel(seed: SeedChannel): Channel {
    const channel = this.seeded(seed);
    this.restoreChannel(channel);
    this.keepChannel(channel);
    return channel;
  }

  /** To be called after a change of somebody, so that it outlives this run. */
  keepUser(user: User): void {
    this.keeper.put('user', user.id, () => user);
  }

  /** The same for a channel. */
  keepChannel(channel: Channel): void {
    this.keeper.put('channel', channel.id, () => ({ ...channel, members: [...channel.members] }));
  }

  /** Takes up somebody as an earlier run left them, also in place of the one whom the seed knows. */
  restoreUser(user: User): void {
    this.users.set(user.id, user);
  }

  /** The same for a channel. */
  restoreChannel(channel: Channel): void {
    this.channels.set(channel.id, channel);
  }

  private seeded(seed: SeedChannel): Channel {
    const named = seed.members === 'all' ? this.people() : seed.members.map((name) => this.findUser(name));
    // "all" means everyone whom Slack would let in: guests are in channels by name only.
    const allowed = named.filter(
      (user) => seed.members !== 'all' || (!user?.deleted && !user?.is_restricted),
    );
    const members = new Set(allowed.flatMap((user) => (user === undefined ? [] : [user.id])));
    if (seed.bot) members.add(this.bot.user_id);
    const { id, name, topic, purpose, is_private, is_archived } = seed;
    const creator = this.findUser(seed.creator ?? '')?.id ?? slackbot.id;
    const { created } = this;
    return { id, name, topic, purpose, creator, is_private, is_archived, kind: 'channel', members, created };
  }

  /** The direct channel between the bot and a person, made when it is first asked for. */
  openDirect(user: User): Channel {
    const direct = this.openPrivate(directId(user.id), [user.id, this.bot.user_id]);
    direct.person = user.id;
    return direct;
  }

  /** The talk between two people, made when it is first asked for. The bot is not in it and cannot see it. */
  openTalk(one: User, other: User): Channel {
    const ids = [one.id, other.id].sort();
    return this.openPrivate(`D${ids.map((id) => id.slice(1)).join('X')}`, ids);
  }

  /** Of a talk or a direct channel: whom this member talks to. */
  otherIn(channel: Channel, member: string): string {
    return [...channel.members].find((id) => id !== member) ?? member;
  }

  private openPrivate(id: string, members: string[]): Channel {
    const known = this.channels.get(id);
    if (known !== undefined) return known;
    const opened: Channel = {
      id,
      name: 'directmessage',
      topic: '',
      purpose: '',
      creator: members[0] ?? slackbot.id,
      kind: 'im',
      is_private: true,
      is_archived: false,
      members: new Set(members),
      created: this.created,
    };
    this.restoreChannel(opened);
    this.keepChannel(opened);
    return opened;
  }

  botIsIn(channel: Channel): boolean {
    return channel.members.has(this.bot.user_id);
  }
}
