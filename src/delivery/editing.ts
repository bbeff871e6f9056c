import { uncounted } from '../platform/counting.ts';
import type { Claimed } from './claim-store.ts';
import { claimEdits } from './claiming.ts';
import { outcomeOf } from './core/outcome.ts';
import { type Done, realMonotonicMs, type SenderDeps } from './deps.ts';
import { isPaused } from './pause-store.ts';
import { keepPause } from './pausing.ts';
import { inWords, placeNone } from './pictures.ts';
import { settleEdit } from './settle-store.ts';
import { Silence, soonMs } from './silence.ts';
import { readCallError } from './slack-post.ts';
import { countWait } from './waits.ts';

/** An edit says how the message shall read, so doing it twice does no harm. */
const againMs = 5_000;

/** Claims edits once, and makes them side by side: each message once, to what it shall read last. */
export async function editSome(deps: SenderDeps): Promise<Done> {
  const { monotonicMs = realMonotonicMs, silence = new Silence() } = deps;
  const claimedMs = monotonicMs();
  const { claimed, inMs } = await claimEdits(deps, deps.limits.parallel);
  const isLate = monotonicMs() - claimedMs > soonMs;
  const isSilent = isLate && claimed.length > 0 && (await isPaused(deps.db, deps.workspaceId, 'edits'));
  await Promise.all(claimed.map((edit) => makeEdit({ ...deps, silence }, edit, isSilent)));
  return { count: claimed.length, inMs };
}

async function makeEdit(
  deps: SenderDeps & { silence: Silence },
  edit: Claimed,
  isSilent: boolean,
): Promise<void> {
  const { db, slack, log, counting = uncounted, monotonicMs = realMonotonicMs, silence } = deps;
  const { slackChannel: channel, slackTs: ts } = edit;
  if (channel === null || ts === null) return;
  const context = { delivery: edit.id, message: edit.messageId };
  if (isSilent || silence.isKept('edits', monotonicMs())) {
    return await settleEdit(db, edit, null, 'Slack asked to wait');
  }
  try {
    const placed = await (deps.placePictures ?? placeNone)(edit.blocks);
    if (placed.kind === 'later') return await settleEdit(db, edit, null, placed.reason, placed.pauseMs);
    const say = (blocks: unknown[]) => slack.edit({ channel, ts, text: edit.text, blocks });
    await say(placed.blocks).catch(async (error: unknown) => {
      const isPictureRefused = placed.hasPictures && readCallError(error).platformError === 'invalid_blocks';
      if (!isPictureRefused) throw error;
      await say(inWords(edit.blocks));
    });
    await settleEdit(db, edit, edit.revision, null);
    counting.count('edits', { outcome: 'sent' });
    log.debug(context, 'edited');
  } catch (error) {
    const outcome = outcomeOf(readCallError(error));
    counting.count('edits', { outcome: outcome.kind });
    if (outcome.kind === 'sent') throw error;
    const { reason } = outcome;
    if (outcome.kind === 'dead') {
      log.error({ ...context, reason }, 'this message cannot be edited');
      return await settleEdit(db, edit, edit.revision, reason);
    }
    const pauseMs = outcome.kind === 'not-sent' ? outcome.pauseMs : againMs;
    log.info({ ...context, reason, pauseMs }, 'not edited yet');
    if (outcome.kind === 'not-sent' && outcome.askedToWait === true) {
      const untilMs = monotonicMs() + pauseMs;
      silence.keep('edits', untilMs);
      countWait(counting, 'edits', pauseMs);
      await keepPause(deps, 'edits', untilMs);
    }
    await settleEdit(db, edit, null, reason, pauseMs);
  }
}
