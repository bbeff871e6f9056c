import { z } from 'zod';
import type { Block } from './blocks/blocks.ts';
import { isObject } from './http.ts';
import { seedUser } from './seed.ts';
import type { Kept, KeptKind } from './state/keeper.ts';
import { companies } from './state/workspace.ts';
import type { World } from './world.ts';

/** Something kept that this version of the fake cannot read. */
export class UnreadableKept extends Error {}

// What the fake itself wrote is not checked as if Cairn had sent it, but another version of it may have been the
// writer. Loose: what a part of the state holds beyond this comes back as well.
const blocks = z.array(z.custom<Block>(isObject, 'a block'));
const content = { text: z.string(), blocks };
const message = z.looseObject({
  ...content,
  channel: z.string(),
  ts: z.string(),
  at: z.string(),
  user: z.string(),
  thread_ts: z.string().exactOptional(),
  edited: z.object({ user: z.string(), ts: z.string() }).exactOptional(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .exactOptional(),
  files: z.array(z.string()).exactOptional(),
  only_for: z.string().exactOptional(),
  deleted: z.boolean(),
  earlier: z.array(z.object(content)),
});
const readMark = z.object({ user: z.string(), channel: z.string(), ts: z.string() });
const channel = z.looseObject({
  id: z.string(),
  name: z.string(),
  topic: z.string(),
  purpose: z.string().default(''),
  creator: z.string().default('USLACKBOT'),
  kind: z.enum(['channel', 'im']),
  is_private: z.boolean(),
  is_archived: z.boolean(),
  members: z.array(z.string()).transform((ids) => new Set(ids)),
  created: z.number(),
  person: z.string().exactOptional(),
});
const home = z.looseObject({
  type: z.literal('home'),
  id: z.string(),
  user: z.string(),
  hash: z.string(),
  root_view_id: z.string(),
  previous_view_id: z.null(),
  blocks,
  private_metadata: z.string().exactOptional(),
  callback_id: z.string().exactOptional(),
  external_id: z.string().exactOptional(),
});
const file = z.looseObject({
  id: z.string(),
  // What an earlier version kept was the bot's, and stood nowhere.
  user: z.string().default(''),
  channels: z.array(z.string()).default([]),
  name: z.string(),
  title: z.string(),
  alt_text: z.string(),
  size: z.number(),
  state: z.enum(['asked', 'received', 'complete']),
  picture: z.enum(['png', 'jpg', 'gif']).nullable(),
  bytes: z.string().transform((text) => Buffer.from(text, 'base64')),
  created: z.number(),
});

const restorers: Record<KeptKind, (world: World, kept: Kept) => void> = {
  user: ({ workspace }, { value }) => workspace.restoreUser(seedUser.parse(value)),
  channel: ({ workspace }, { value }) => workspace.restoreChannel(channel.parse(value)),
  message: ({ messages }, { value }) => messages.restore(message.parse(value)),
  read: ({ messages }, { value }) => messages.restoreRead(readMark.parse(value)),
  home: ({ views }, { value }) => views.restore(home.parse(value)),
  file: ({ files }, { value }) => files.restore(file.parse(value)),
  company(world, { value }) {
    world.workspace.company = z.enum(companies).parse(value);
  },
  count(world, { key, value }) {
    const count = z.number().parse(value);
    if (key === 'ts') world.messages.restoreCount(count);
    if (key === 'views') world.views.restoreCount(count);
    if (key === 'files') world.files.restoreCount(count);
  },
};

/** Puts into a world that has just begun what earlier runs left. Throws UnreadableKept for what it cannot read. */
export function restore(world: World, all: readonly Kept[]): void {
  for (const kept of all) {
    try {
      restorers[kept.kind](world, kept);
    } catch (error) {
      throw new UnreadableKept(`${kept.kind} ${kept.key}`, { cause: error });
    }
  }
}
