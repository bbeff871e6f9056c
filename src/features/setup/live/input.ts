import { z } from 'zod';
import type { Submission } from '../../../platform/slack/calls.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { everybody } from './actions.ts';

const formInput = z.object({
  ritual: z.string().min(1).max(80),
  schedule: z.string().min(1).max(200),
  timezone: z.string().min(1).max(80),
  teamIds: z.array(z.int().positive()).min(1).max(40),
});

/** What the first of two forms says, as the second carries it. */
export type RitualForm = z.output<typeof formInput>;

/** Reads the first form. Fields that Slack's client requires are required here too. */
export function readRitualForm({ values, lists }: Submission): z.ZodSafeParseResult<RitualForm> {
  const text = (field: string) => values[field]?.trim();
  return formInput.safeParse({
    ritual: text('ritual'),
    schedule: text('schedule'),
    timezone: text('timezone'),
    teamIds: (lists['teams'] ?? []).map((value) => idInput.parse(value)),
  });
}

export function writeForm(form: RitualForm): string {
  return JSON.stringify(form);
}

/** Reads the second form: what the first one said, and the Slack id of each team's channel. */
export function readChannelsForm({ values, metadata }: Submission): {
  form: RitualForm;
  channels: { teamId: number; slackId: string | null }[];
} {
  const form = formInput.parse(JSON.parse(metadata));
  return {
    form,
    channels: form.teamIds.map((teamId) => ({ teamId, slackId: values[`team-${teamId}`] || null })),
  };
}

const goingInput = z.object({
  team: z.union([z.int().positive(), z.literal(everybody)]),
  as: z.enum(['pilot', 'next']),
});

/** Reads what the form carries that takes a team, or everybody, live. */
export function readGoing(metadata: string): { teamId: number; as: 'pilot' | 'next' } | typeof everybody {
  const { team, as } = goingInput.parse(JSON.parse(metadata));
  return team === everybody ? everybody : { teamId: team, as };
}

/** Which team a button means; everybody, where it carries that. */
export function readWho(value: string): number | typeof everybody {
  return value === everybody ? everybody : idInput.parse(value);
}
