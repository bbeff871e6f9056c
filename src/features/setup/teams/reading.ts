import { channelMention, inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { keepChannel, meet, meetChannel, type PeopleDeps } from '../../people/operations.ts';
import { mostMembers } from '../core/settings.ts';
import { merged } from './core/effect.ts';
import { proposeLead, type Signs } from './core/lead.ts';
import { teamName } from './core/naming.ts';
import type { ProposedTeam } from './core/proposal.ts';
import { sortMembers } from './core/sorting.ts';
import { listed, whyLeftOut } from './core/words.ts';

/** What was picked: Slack ids, and a name for people who are a team by themselves. */
export type Picks = {
  groups: readonly { slackId: string; name: string; handle: string }[];
  channels: readonly string[];
  people: { slackIds: readonly string[]; name: string } | null;
};

/** What Slack said: teams, and what could not be read and why, in words. */
export type Reading = { teams: ProposedTeam[]; troubles: string[] };

/** As many titles as are asked for in a reading: each is a call of its own. */
const mostTitles = 80;

/**
 * Reads what was picked from Slack, one thing after the other. What cannot be read keeps nothing else from being read.
 */
export async function readTeams(deps: PeopleDeps, workspaceId: string, picks: Picks): Promise<Reading> {
  const reader = new Reader(deps, workspaceId);
  for (const group of picks.groups) {
    const called = `*@${inline(group.handle || group.name)}*`;
    await reader.reading(called, async () => await reader.readGroup(group, called));
  }
  for (const slackId of picks.channels) {
    await reader.reading(`<#${slackId}>`, async () => await reader.readChannel(slackId));
  }
  const { people } = picks;
  if (people !== null) {
    await reader.reading(`*${inline(people.name)}*`, async () => await reader.readPeople(people));
  }
  return { teams: merged(reader.teams), troubles: reader.troubles };
}

class Reader {
  readonly teams: ProposedTeam[] = [];
  readonly troubles: string[] = [];
  readonly #deps: PeopleDeps;
  readonly #workspaceId: string;
  #titlesLeft = mostTitles;

  constructor(deps: PeopleDeps, workspaceId: string) {
    this.#deps = deps;
    this.#workspaceId = workspaceId;
  }

  async reading(called: string, read: () => Promise<void>): Promise<void> {
    await read().catch(() => {
      this.troubles.push(
        `Slack did not answer about ${called}. Nothing is lost: pick it again in a minute or two.`,
      );
    });
  }

  async readGroup(group: Picks['groups'][number], called: string): Promise<void> {
    const members = await this.#deps.directory.groupMembers(group.slackId);
    if (members === 'unreadable' || members === 'unknown') {
      this.troubles.push(`${called} cannot be read any more. Pick a channel or people instead.`);
      return;
    }
    const from = `@${group.handle || group.name}`;
    await this.#add({ called, from, name: teamName(group.name), memberIds: members, channelId: null });
  }

  async readChannel(slackId: string): Promise<void> {
    // A page more than fits is enough to know that it is too many; bots and guests among them are no reason for no.
    const read = await this.#deps.directory.channelMembers(slackId, 2 * mostMembers);
    if (read === null) {
      this.troubles.push(
        `<#${slackId}> is private and I am not in it, so Slack shows me nothing of it. Type \`/invite @Cairn\` there, then pick it again.`,
      );
      return;
    }
    const { channel, story, memberIds } = read;
    const called = channelMention(channel);
    if (channel.isArchived) {
      this.troubles.push(`${called} is archived. Pick another one.`);
      return;
    }
    await keepChannel(this.#deps, this.#workspaceId, channel);
    const kept = await meetChannel(this.#deps, this.#workspaceId, slackId);
    // Every admin sees what is proposed, and not every admin is in it.
    const from = channel.isPrivate ? 'a private channel' : `#${channel.name}`;
    const name = teamName(channel.name);
    await this.#add({ called, from, name, memberIds, channelId: kept?.id ?? null, signs: story });
  }

  async readPeople({ slackIds, name }: NonNullable<Picks['people']>): Promise<void> {
    const called = `*${inline(name)}*`;
    await this.#add({ called, from: 'people you picked', name, memberIds: slackIds, channelId: null });
  }

  async #add(found: {
    called: string;
    from: string;
    name: string;
    memberIds: readonly string[];
    channelId: number | null;
    signs?: Signs;
  }): Promise<void> {
    const { called, from, name, memberIds, channelId, signs = nothing } = found;
    if (memberIds.length === 0) {
      this.troubles.push(`${called} has nobody in it. Fill it in Slack first, or pick something else.`);
      return;
    }
    if (memberIds.length > 2 * mostMembers) {
      this.troubles.push(tooMany(called));
      return;
    }
    const people = [];
    for (const slackId of memberIds) people.push(await meet(this.#deps, this.#workspaceId, slackId));
    const { fit, leftOut } = sortMembers(people);
    if (fit.length === 0) {
      const who = leftOut.map((one) => `${inline(one.name)} is ${whyLeftOut[one.why]}`);
      this.troubles.push(
        `${called} has nobody who can be in a team: ${listed(who, 3)}. Only full members are in teams.`,
      );
      return;
    }
    if (fit.length > mostMembers) {
      this.troubles.push(tooMany(called));
      return;
    }
    const lead = await this.#leadOf(fit, signs);
    this.teams.push({
      ...{ from: [from], name, channelId, leftOut, lead },
      memberIds: fit.map(({ id }) => id),
      isLeftOut: false,
    });
  }

  /** Titles are asked for only where nothing else says who leads, and a title that is not told is none. */
  async #leadOf(members: readonly Actor[], signs: Signs): Promise<ProposedTeam['lead']> {
    const plain = members.map(({ slackId, name }) => ({ slackId, name, title: '' }));
    let proposed = proposeLead(plain, signs);
    if (proposed === null && members.length <= this.#titlesLeft) {
      this.#titlesLeft -= members.length;
      const { directory } = this.#deps;
      const titled = [];
      for (const person of plain) {
        titled.push({ ...person, title: await directory.titleOf(person.slackId).catch(() => '') });
      }
      proposed = proposeLead(titled, signs);
    }
    const lead = members.find(({ slackId }) => slackId === proposed?.slackId);
    return lead === undefined || proposed === null ? null : { id: lead.id, why: proposed.why };
  }
}

const nothing: Signs = { topic: '', purpose: '', creatorId: null };

function tooMany(called: string): string {
  return `${called} has more than ${mostMembers} full members, and a team has ${mostMembers} at most. Pick a smaller channel or a user group.`;
}
