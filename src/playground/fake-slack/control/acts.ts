import { z } from 'zod';
import { addChannel, addUser, changeChannel, changeUser } from '../people/administration.ts';
import { closeModal, openHome } from '../people/close.ts';
import { runCommand } from '../people/command.ts';
import { actor, placeOf } from '../people/person.ts';
import { press } from '../people/press.ts';
import { say } from '../people/say.ts';
import { useShortcut } from '../people/shortcut.ts';
import { submit } from '../people/submit.ts';
import { suggest } from '../people/suggest.ts';
import { seedChannel, seedUser } from '../seed.ts';
import { type Act, act, done } from './act.ts';
import { misbehaviour } from './misbehaviour.ts';
import { messagesSeen } from './seen.ts';

const as = z.string();
const aim = {
  target: z.string(),
  block_id: z.string().optional(),
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
  view_id: z.string().optional(),
};
const entries = z.record(z.string(), z.unknown());
const profile = z.strictObject({
  real_name: z.string().optional(),
  title: z.string().optional(),
  email: z.email().optional(),
  tz: z.string().optional(),
  is_admin: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  deleted: z.boolean().optional(),
});

/** What a person, or an administrator of the workspace, can do by the control API: POST /_fake/NAME. */
export const acts: ReadonlyMap<string, Act> = new Map(
  Object.entries({
    command: act({ as, text: z.string(), in: z.string() }, (world, it) =>
      runCommand(world, it.as, it.text, it.in),
    ),
    message: act(
      { as, text: z.string(), in: z.string(), thread_ts: z.string().optional() },
      async (world, it) => messagesSeen(world, [await say(world, it.as, it.text, it.in, it.thread_ts)])[0],
    ),
    press: act(
      {
        as,
        ...aim,
        value: z.unknown().optional(),
        entries: entries.optional(),
        stale: z.boolean().optional(),
      },
      press,
    ),
    submit: act({ as, entries: entries.default({}), view_id: z.string().optional() }, (world, it) =>
      submit(world, it.as, it.entries, it.view_id),
    ),
    suggest: act({ as, ...aim, typed: z.string() }, suggest),
    shortcut: act(
      { as, target: z.string(), message: z.object({ channel: z.string(), ts: z.string() }) },
      useShortcut,
    ),
    close: act({ as, all: z.boolean().optional() }, (world, it) => done(closeModal(world, it.as, it.all))),
    'open-home': act({ as, tab: z.enum(['home', 'messages']).optional() }, (world, it) =>
      done(openHome(world, it.as, it.tab)),
    ),
    /** the talk with `@ben`, or any other place by its name: its id, so that it can be shown before anybody speaks */
    'open-talk': act({ as, with: z.string() }, async (world, it) => {
      const talk = placeOf(world, actor(world, it.as), it.with);
      world.changes.tell();
      return { ok: true, channel: talk.id };
    }),
    read: act({ as, in: z.string() }, async (world, it) => {
      const user = actor(world, it.as);
      world.messages.markRead(user.id, placeOf(world, user, it.in).id);
      world.changes.tell();
      return { ok: true };
    }),
    'user/add': act(seedUser.shape, (world, it) => done(addUser(world, it))),
    'user/change': act({ user: z.string(), change: profile }, (world, it) =>
      done(changeUser(world, it.user, it.change)),
    ),
    'channel/add': act(seedChannel.shape, (world, it) => done(addChannel(world, it))),
    'channel/change': act(
      {
        channel: z.string(),
        name: z.string().optional(),
        topic: z.string().optional(),
        is_archived: z.boolean().optional(),
        join: z.array(z.string()).optional(),
        leave: z.array(z.string()).optional(),
      },
      (world, { channel, ...change }) => done(changeChannel(world, channel, change)),
    ),
    ...misbehaviour,
  }),
);
