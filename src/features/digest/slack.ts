import type { KnownBlock } from '@slack/types';
import type { CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { pressOpening } from '../people/admitting.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { type PictureDeps, uploadNow } from '../pictures/operations.ts';
import { digestBlocks, lookAction } from './blocks.ts';
import { type Gathered, noEdits, type Section } from './core/digest.ts';
import { registerDigestEditing } from './editing-slack.ts';
import { readSubject } from './input.ts';
import { lookBehind } from './looking.ts';
import { drawingsOf } from './pictures.ts';
import { readDigest } from './read-operations.ts';

export type DigestDeps = PeopleDeps & Waking & { pictures: PictureDeps };

/** Tells Slack's side of `/cairn digest`, of `Look` behind a line, and of how a draft is edited. */
export function registerDigest(slack: Registry, deps: DigestDeps): void {
  slack.command({
    noun: 'digest',
    usage: [{ typed: '/cairn digest', does: 'for leads and admins: how the company stands, now' }],
    run: async (call) => await answerDigest(deps, call),
  });
  slack.press(lookAction, async (press) => await look(deps, press));
  registerDigestEditing(slack, deps);
}

async function answerDigest(deps: DigestDeps, call: CommandCall): Promise<Content> {
  const { workspaceId } = call;
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  if (call.words.length > 0) return unknownVerb('cairn digest', call, ['help']);
  const read = await readDigest(deps.db, workspaceId, actor.value);
  if (!read.ok) return plain(read.words);
  return digestBlocks(read.value, noEdits, { pictures: await uploadAll(deps, workspaceId, read.value) });
}

/** What was asked for at once has its pictures at once. */
async function uploadAll(
  { pictures }: DigestDeps,
  workspaceId: string,
  gathered: Gathered,
): Promise<Partial<Record<Section, KnownBlock>>> {
  const blocks = await Promise.all(
    drawingsOf(gathered).map(
      async ({ section, drawing }) =>
        [section, await uploadNow(pictures, { workspaceId, key: `digest-now:${section}`, drawing })] as const,
    ),
  );
  return Object.fromEntries(blocks);
}

async function look(deps: DigestDeps, press: Press): Promise<void> {
  await pressOpening(deps, press, async (actor) => {
    const subject = readSubject(press.value);
    if (subject === null) return { reply: plain('I cannot show that.') };
    const found = await lookBehind(deps.db, press.workspaceId, actor, subject);
    return found.ok ? { modal: notice('Behind it', found.value) } : { reply: plain(found.words) };
  });
}
