import { parse } from 'yaml';
import { z } from 'zod';
import { isTimeZone } from '../../platform/core/time-zone.ts';

/** One person of slack.yaml. */
export const seedUser = z.strictObject({
  id: z.string().regex(/^[UW][A-Z0-9]+$/, 'a user id such as U0ANA'),
  name: z.string().regex(/^[a-z0-9._-]+$/, 'a short name in small letters'),
  real_name: z.string().min(1),
  title: z.string().default(''),
  email: z.email().optional(),
  tz: z.string().default('UTC').refine(isTimeZone, 'an IANA time zone such as Europe/Copenhagen'),
  is_admin: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  deleted: z.boolean().default(false),
});

/** One channel of slack.yaml. */
export const seedChannel = z.strictObject({
  id: z.string().regex(/^[CG][A-Z0-9]+$/, 'a channel id such as C0PAYMENTS'),
  name: z.string().regex(/^[a-z0-9_-]{1,80}$/, 'a channel name in small letters'),
  topic: z.string().default(''),
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
  })
  .superRefine((it, context) => {
    const names = new Set(it.users.map((one) => one.name));
    for (const [index, one] of it.channels.entries()) {
      for (const member of one.members === 'all' ? [] : one.members) {
        if (names.has(member)) continue;
        context.addIssue({
          code: 'custom',
          path: ['channels', index, 'members'],
          message: `nobody is called ${member}`,
        });
      }
    }
  });

export type WorkspaceSeed = z.infer<typeof seed>;
export type SeedUser = z.infer<typeof seedUser>;
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
