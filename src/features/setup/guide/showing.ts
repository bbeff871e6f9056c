import type { KnownBlock, ModalView } from '@slack/types';
import { accepted, type Result } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Actor } from '../../people/core/person.ts';
import { settingsOf } from '../operations.ts';
import { stepModal } from './blocks.ts';
import type { StepKey } from './core/path.ts';
import { settingsStamp } from './core/stamp.ts';
import type { GuideDeps } from './guide.ts';
import { readGuide } from './operations.ts';
import { type WhoForm, whoFields, whoSet } from './who-blocks.ts';

type ShowDeps = GuideDeps & { db: Database };

/**
 * The modal of a step as things stand now; null: of the step where the admins are. `filled` is what somebody had put into
 * the fields of the first one.
 */
export async function showStep(
  deps: ShowDeps,
  workspaceId: string,
  actor: Actor,
  wanted: StepKey | null,
  said: readonly string[] = [],
  filled: WhoForm | null = null,
): Promise<Result<ModalView>> {
  const guide = await readGuide(deps, workspaceId, actor);
  if (!guide.ok) return guide;
  const key = wanted ?? guide.value.step;
  if (key !== 'who') return accepted(stepModal(guide.value, key, JSON.stringify({ step: key }), { said }));
  const settings = await settingsOf(deps.db, workspaceId);
  const metadata = JSON.stringify({ step: key, stamp: settingsStamp(settings) });
  const more: KnownBlock[] = whoFields(filled ?? whoSet(settings));
  return accepted(stepModal(guide.value, key, metadata, { said, more }));
}
