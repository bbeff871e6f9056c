import type { z } from 'zod';
import type { rock } from './core/schemas.ts';
import type { RockRow } from './rock-store.ts';

/** A rock as other tools read it. */
export function rockAnswer(row: RockRow): z.output<typeof rock> {
  const { key, name, summary, aliases, type, discipline, importance, state } = row;
  const { owner, since, confirmedAt, carrier, backups, team, channel, links } = row;
  return {
    ...{ key, name, summary, aliases, type, discipline, importance, state },
    owner:
      owner === null || since === null
        ? null
        : {
            ...owner,
            since: since.toString(),
            confirmed_at: confirmedAt?.toString() ?? null,
            unconfirmed: confirmedAt === null,
            acting: row.isActing === true,
          },
    ...{ carrier, backups, team, channel, links },
    set_down:
      state !== 'set-down' || row.setDownAt === null
        ? null
        : {
            at: row.setDownAt.toString(),
            reason: row.setDownReason,
            look_again_on: row.lookAgainOn?.toString() ?? null,
          },
    retired:
      state !== 'retired' || row.retiredAt === null
        ? null
        : { at: row.retiredAt.toString(), reason: row.retiredReason, successor: row.successor },
  };
}
