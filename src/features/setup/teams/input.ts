import { z } from 'zod';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type { Submission } from '../../../platform/slack/calls.ts';
import { mostTeams } from './core/proposal.ts';

const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const index = z
  .number()
  .int()
  .min(0)
  .max(2 * mostTeams + 1);

const proposedTeam = z.tuple([id, index]);
const leftOut = z.tuple([id, index, z.union([z.literal(0), z.literal(1)])]);
const created = z.object({ proposal: id, stamp: z.string().max(64) });
const changed = z.object({ proposal: id, index });

/** Which proposed team a button is about. */
export function readTeamPress(value: string): { proposalId: number; index: number } {
  const [proposalId, at] = proposedTeam.parse(JSON.parse(value));
  return { proposalId, index: at };
}

export function readLeaveOutPress(value: string): { proposalId: number; index: number; isLeftOut: boolean } {
  const [proposalId, at, out] = leftOut.parse(JSON.parse(value));
  return { proposalId, index: at, isLeftOut: out === 1 };
}

export function readCreate({ metadata }: Submission): { proposal: number; stamp: string } {
  return created.parse(JSON.parse(metadata));
}

export function readChange({ metadata, values, lists }: Submission): {
  proposalId: number;
  index: number;
  name: string;
  members: string[];
  lead: string | null;
} {
  const { proposal, index: at } = changed.parse(JSON.parse(metadata));
  const name = (values['name'] ?? '').trim();
  return {
    ...{ proposalId: proposal, index: at, name },
    members: lists['members'] ?? [],
    lead: values['lead'] || null,
  };
}

/** What was picked to be read: ids of groups and channels, and people with the name of their team. */
export type PickForm = {
  groups: string[];
  channels: string[];
  people: { slackIds: string[]; name: string } | null;
};

/** Refuses, by the field that it concerns, nothing at all, more than can be read, and people without a name. */
export function readPickForm({ values, lists }: Submission): Result<PickForm> & { field?: string } {
  const [groups, channels, people] = ['groups', 'channels', 'people'].map((field) => [
    ...new Set(lists[field] ?? []),
  ]);
  if (groups === undefined || channels === undefined || people === undefined) {
    throw new Error('a list of fields lost one');
  }
  const name = (values['peopleName'] ?? '').trim();
  const count = groups.length + channels.length;
  if (count + people.length === 0) {
    return { ...refused('nothing', 'Pick a group, a channel or people first.'), field: 'channels' };
  }
  if (count > mostTeams) {
    const most = `${mostTeams} groups and channels at a time. Take some away, and read them afterwards.`;
    return { ...refused('too-many', most), field: 'channels' };
  }
  if (people.length > 0 && name === '') {
    return { ...refused('no-name', 'What is the team of these people called?'), field: 'peopleName' };
  }
  return accepted({ groups, channels, people: people.length === 0 ? null : { slackIds: people, name } });
}
