import type { Temporal } from 'temporal-polyfill';
import { holdCadence } from '../../../cadence/cadence-store.ts';
import { nextMorning } from '../../../cadence/core/morning.ts';
import { markHomes } from '../../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { resay, sayAll } from '../../daily/operations.ts';
import type { Actor } from '../../people/core/person.ts';
import { readWorksOn } from '../../people/working-days.ts';
import type { LeaveReason } from '../core/leaving.ts';
import { readOrigin, teamsOfCadence } from '../store.ts';
import { type Left, leftPromptBlocks, type Passed, toldBlocks } from './blocks.ts';
import { insertLeaving, listAdmins, listLeads } from './store.ts';

/** What became of what a cadence asked somebody at the moment in which they left. */
export type Settled = Pick<Left, 'unasked' | 'thing'> & {
  passed: readonly (Passed & { to: { id: number } })[];
  /** The teams that nobody is asked for now. */
  teamIds: readonly number[];
  /** The questions that say from now on that they have left. */
  keys: readonly string[];
};

/**
 * A cadence, of whatever ritual, asks the actor nothing any more; `settle` ends what it asks them now. Nobody plans it
 * meanwhile, so nothing can be asked beside it. Who leads the teams is told once of what nobody is asked about; where
 * that is who leaves, admins are. Refuses who has left already. In the caller's transaction.
 */
export async function leaveCadence(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  { cadenceId, reason }: { cadenceId: number; reason: LeaveReason },
  settle: (at: Temporal.Instant) => Promise<Settled>,
): Promise<Result<Left>> {
  await holdCadence(tx, workspaceId, cadenceId);
  const at = await companyNow(tx, workspaceId);
  const { key } = await readOrigin(tx, cadenceId);
  const id = await insertLeaving(tx, { workspaceId, cadenceId, personId: actor.id, reason, at });
  if (id === undefined) return leftAlready;
  const { passed, unasked, thing, teamIds, keys } = await settle(at);
  const { told, hear } = await whoHears(tx, workspaceId, actor, { cadenceId, unasked, teamIds });
  const left: Left = { cadenceId, key, reason, thing, passed, unasked, told };
  await tellThem(tx, workspaceId, hear, {
    id,
    at,
    content: toldBlocks(actor, left, told?.kind === 'admins'),
  });
  for (const question of keys) await resay(tx, workspaceId, question, leftPromptBlocks(left));
  await markHomes(tx, workspaceId, [actor.id]);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer: { kind: 'person', personId: actor.id },
    type: 'ritual.left',
    subject: { kind: 'cadence', id: cadenceId },
    before: null,
    after: { reason, unasked, passed: passed.map(({ to, count }) => ({ to: to.id, count })) },
  });
  return accepted(left);
}

const leftAlready = refused(
  'left',
  'You have left this ritual already. Your Home has `Come back`, should you want to.',
);

/** Leads of what nobody is asked about now; admins where a lead of the cadence's own teams leaves. */
async function whoHears(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  of: { cadenceId: number; unasked: number; teamIds: readonly number[] },
): Promise<{ told: Left['told']; hear: number[] }> {
  const isOther = ({ id }: { id: number }) => id !== actor.id;
  const ids = (people: readonly { id: number }[]) => people.map(({ id }) => id);
  const isLead = (await listLeads(tx, await teamsOfCadence(tx, of.cadenceId))).some((it) => !isOther(it));
  if (isLead) {
    const admins = (await listAdmins(tx, workspaceId)).filter(isOther);
    return { told: { kind: 'admins' }, hear: ids(admins) };
  }
  const leads = of.unasked === 0 ? [] : (await listLeads(tx, of.teamIds)).filter(isOther);
  return leads.length === 0
    ? { told: null, hear: [] }
    : { told: { kind: 'leads', people: leads }, hear: ids(leads) };
}

/** Once, in their message of a working morning. */
async function tellThem(
  tx: Tx,
  workspaceId: string,
  people: readonly number[],
  { id, at, content }: { id: number; at: Temporal.Instant; content: ReturnType<typeof toldBlocks> },
): Promise<void> {
  const lives = await readWorksOn(tx, workspaceId, people, at);
  await sayAll(
    tx,
    people.flatMap((personId) => {
      const life = lives.get(personId);
      const morning = life === undefined ? null : nextMorning(at, life.timezone, life.worksOn);
      const key = `ritual-left:${id}:${personId}`;
      return morning === null ? [] : [{ workspaceId, personId, key, at: morning, content, isNudge: true }];
    }),
  );
}
