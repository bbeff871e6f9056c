import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import { unsayUnsent } from '../daily/operations.ts';

/** The message by which an owner was told at `toldAt`, company time, that a source fails. */
export function toldKey(sourceId: number, toldAt: Temporal.Instant): string {
  return `number-source:${sourceId}:${toldAt.epochMilliseconds}`;
}

/** Takes it back where it still waits for a working day: the source works again, or is none any more. */
export async function takeBackWord(
  tx: Tx,
  workspaceId: string,
  sourceId: number,
  toldAt: Temporal.Instant,
): Promise<void> {
  await unsayUnsent(tx, workspaceId, [toldKey(sourceId, toldAt)], 'the number comes again');
}
