import { parse } from 'yaml';
import { z } from 'zod';
import { isTimeZone } from '../../platform/core/time-zone.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:00');

/** One person of slack.yaml. */
export const seedUser = z.strictObject({
  id: z.string().regex(/^[UW][A-Z0-9]+$/, 'a user id such as U0ANA'),
  name: z.string().regex(/^[a-z0-9._-]+$/, 'a short name in small letters'),
  real_name: z.string().min(1),
  /** what others see in mentions; absent: the short name */
  display_name: z.string().optional(),
  title: z.string().default(''),
  email: z.email().optional(),
  tz: z.string().default('UTC').refine(isTimeZone, 'an IANA time zone such as Europe/Copenhagen'),
  is_admin: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  deleted: z.boolean().default(false),
  /** another app's bot, which Slack lists among the people */
  is_bot: z.boolean().default(false),
  /** when they want no notifications, by their own clock; over midnight where `to` is the earlier */
  quiet_hours: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable().default(null),
});

/** One user group of slack.yaml. */
export const seedUsergroup = z.strictObject({
  id: z.string().regex(/^S[A-Z0-9]+$/, 'a user group id such as S0CHECKOUT'),
  handle: z.string().regex(/^[a-z0-9._-]+$/, 'a handle in small letters'),
  name: z.string().min(1),
  description: z.string().default(''),
  members: z.array(z.string()),
  is_disabled: z.boolean().default(false),
});

/** One channel of slack.yaml. */
export const seedChannel = z.strictObject({
  id: z.string().regex(/^[CG][A-Z0-9]+$/, 'a channel id such as C0PAYMENTS'),
  name: z.string().regex(/^[a-z0-9_-]{1,80}$/, 'a channel name in small letters'),
  topic: z.string().default(''),
  purpose: z.string().default(''),
  /** who made it, by their name; absent: nobody who is known */
  creator: z.string().optional(),
  members: z.union([z.literal('all'), z.array(z.string())]).default('all'),
  /** whether the bot is in it from the start */
  bot: z.boolean().default(true),
  is_private: z.boolean().default(false),
  is_archived: z.boolean().default(false),
});

const seed = z
  .strictObject({
    team: z.strictObject({ id: z.string().startsWith('T'), name: z.string(), domain: z.string() }),
    bot: z.strictObject({
      user_id: z.string().startsWith('U'),
      bot_id: z.string().startsWith('B'),
      app_id: z.string().startsWith('A'),
      name: z.string(),
    }),
    users: z.array(seedUser).min(1),
    channels: z.array(seedChannel).default([]),
    usergroups: z.array(seedUsergroup).default([]),
  })
  .superRefine((it, context) => {
    const names = new Set(it.users.map((one) => one.name));
    const refuse = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    for (const kind of ['channels', 'usergroups'] as const) {
      for (const [index, { members }] of it[kind].entries()) {
        for (const member of members === 'all' ? [] : members) {
          if (!names.has(member)) refuse([kind, index, 'members'], `nobody is called ${member}`);
        }
      }
    }
    for (const [index, { creator }] of it.channels.entries()) {
      if (creator !== undefined && !names.has(creator))
        refuse(['channels', index, 'creator'], `nobody is called ${creator}`);
    }
    // A person and a group are both called by @name, so no name may stand for two.
    for (const [index, { handle }] of it.usergroups.entries()) {
      if (names.has(handle)) refuse(['usergroups', index, 'handle'], `@${handle} is taken`);
      names.add(handle);
    }
  });

export type WorkspaceSeed = z.infer<typeof seed>;
export type SeedUser = z.infer<typeof seedUser>;
export type SeedUsergroup = z.infer<typeof seedUsergroup>;
export type SeedChannel = z.infer<typeof seedChannel>;

/** Reads the text of a slack.yaml; throws with every problem in words. */
export function parseSeed(text: string): WorkspaceSeed {
  const parsed = seed.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`slack.yaml: ${z.prettifyError(parsed.error)}`);
}

/** Gives a seed the values it left out; for tests that write one in code. */
export function completeSeed(value: z.input<typeof seed>): WorkspaceSeed {
  return seed.parse(value);
}

export type SeedInput = z.input<typeof seed>;
