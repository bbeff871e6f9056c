import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { User } from '../state/workspace.ts';
import { method } from './method.ts';

type Quiet = { dnd_enabled: boolean; next_dnd_start_ts: number; next_dnd_end_ts: number };

const snooze = { snooze_enabled: false, snooze_endtime: 0, snooze_remaining: 0, snooze_is_indefinite: false };

export const dndMethods = {
  'dnd.info': method(
    { tier: 'T3', scopes: ['dnd:read'] },
    { user: z.string().optional(), team_id: z.string().optional() },
    async (world, args) => {
      const user = world.workspace.users.get(args.user ?? world.workspace.bot.user_id);
      if (user === undefined) throw new Refusal('user_not_found');
      const quiet = quietHours(user, await world.companyNow());
      // What somebody snoozes is told to themselves alone.
      return args.user === undefined ? { ...quiet, ...snooze } : { ...quiet };
    },
  ),
  'dnd.teamInfo': method(
    { tier: 'T2', scopes: ['dnd:read'] },
    { users: z.string(), team_id: z.string().optional() },
    async (world, args) => {
      const ids = args.users.split(',').filter((id) => id !== '');
      if (ids.length === 0) throw new Refusal('no_users_provided');
      if (ids.length > limits.dnd.users) throw new Refusal('invalid_arguments');
      const now = await world.companyNow();
      const found = ids.flatMap((id) => world.workspace.users.get(id) ?? []);
      return { users: Object.fromEntries(found.map((user) => [user.id, quietHours(user, now)])) };
    },
  ),
};

/**
 * When somebody wants quiet: the hours that go on now, else those that come next, in their own zone. It is asked of
 * company time, for it is about their evening. Who has no such hours has both ends at 1, as in Slack.
 */
export function quietHours({ quiet_hours, tz }: Pick<User, 'quiet_hours' | 'tz'>, now: Date): Quiet {
  if (quiet_hours === null) return { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(tz).toPlainDate();
  const secondsAt = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone: tz, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds / 1000;
  const { from, to } = quiet_hours;
  const nights = [-1, 0, 1].map((days) => {
    const evening = today.add({ days });
    const morning = to > from ? evening : evening.add({ days: 1 });
    return { start: secondsAt(evening, from), end: secondsAt(morning, to) };
  });
  const night = nights.find(({ end }) => end > now.getTime() / 1000);
  return { dnd_enabled: true, next_dnd_start_ts: night?.start ?? 1, next_dnd_end_ts: night?.end ?? 1 };
}
