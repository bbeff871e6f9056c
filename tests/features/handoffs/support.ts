import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import type { BriefWords, Handoff } from '../../../src/features/handoffs/core/handoff.ts';
import { handoffJob } from '../../../src/features/handoffs/jobs.ts';
import { acceptHandoff } from '../../../src/features/handoffs/operations.ts';
import { findCard } from '../../../src/features/ownership/lookup-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { companyNow } from '../../../src/platform/db/company-time.ts';
import type { Database } from '../../../src/platform/db/database.ts';
import {
  insertActor,
  insertChannel,
  insertRock,
  insertTeam,
  instant,
  keptLog,
  setClock,
} from '../../support/builders.ts';
import { listTold } from '../../support/daily.ts';
import { insertWorkspace } from '../../support/database.ts';

export const briefWords: BriefWords = {
  whyItMatters: 'Every sale passes through it.',
  whereItStands: 'Wallets are half done.',
  nextStep: 'Finish the wallets.',
  whatCouldHurt: null,
};

/** What an operation gave: `done`, or the code of its refusal. */
export function outcome(result: Result<unknown>): string {
  return result.ok ? 'done' : result.code;
}

export function got<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused as ${result.code}: ${result.words}`);
  return result.value;
}

export async function ownerOf(db: Database, workspaceId: string, rockId: number): Promise<number | null> {
  // Somebody to whom the rock is nothing in particular.
  return (await findCard(db, workspaceId, rockId, 0))?.owner?.id ?? null;
}

export async function handoffsOf(db: Database, rockId: number) {
  return await db.selectFrom('handoffs').selectAll().where('rock_id', '=', rockId).orderBy('id').execute();
}

/** Reads what waits for one's yes, and says it. */
export async function readAndAccept(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Handoff>> {
  const brief = await readBrief(db, workspaceId, actor, handoffId);
  return brief.ok ? await acceptHandoff(db, workspaceId, actor, handoffId) : brief;
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** A Monday morning: Ana carries Payments of the team that Dan leads; Ben and Chi are there too. All in UTC. */
export async function makeWorld(db: Database) {
  const workspaceId = await insertWorkspace(db);
  await setClock(db, workspaceId, '2026-10-05T09:00:00Z');
  const [ana, ben, chi, dan] = [
    await insertActor(db, workspaceId, { name: 'Ana' }),
    await insertActor(db, workspaceId, { name: 'Ben' }),
    await insertActor(db, workspaceId, { name: 'Chi' }),
    await insertActor(db, workspaceId, { name: 'Dan' }),
  ];
  const home = await insertChannel(db, workspaceId, 'payments');
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout', name: 'Checkout' });
  await db.updateTable('teams').set({ lead_id: dan.id }).where('id', '=', teamId).execute();
  const rockId = await insertRock(db, workspaceId, {
    name: 'Payments',
    key: 'payments',
    owner: ana,
    since: '2025-02-01T09:00:00Z',
    channelId: home.id,
    teamId,
  });
  return { db, workspaceId, ana, ben, chi, dan, home, teamId, rockId };
}

/** What somebody was told, in order: the text of each message as it reads now. */
export async function toldTo(db: Database, workspaceId: string, personId: number): Promise<string[]> {
  const told = await listTold(db, workspaceId);
  return told.filter((message) => message.personId === personId).map(({ text }) => text);
}

/** The words on the buttons of a person's message that tells of this, as it reads now. */
export async function buttonsTo(
  db: Database,
  workspaceId: string,
  personId: number,
  about: string,
): Promise<string[]> {
  const message = (await listTold(db, workspaceId)).find(
    (one) => one.personId === personId && one.dedupeKey.startsWith(`${about}:`),
  );
  const words = JSON.stringify(message?.blocks).matchAll(/"text":"([^"]+)","type":"plain_text"/g);
  return [...words].map(([, word = '']) => word);
}

/** Does what is due by the company's clock. */
export async function runClock(db: Database, workspaceId: string): Promise<void> {
  const { log, lines } = keptLog();
  await handoffJob({ db, log }, workspaceId).run();
  if (lines.length > 0) throw new Error(JSON.stringify(lines));
}

/** Turns the company's clock and does what is due on the way, as the heartbeat would. */
export async function turnTo(db: Database, workspaceId: string, iso: string): Promise<void> {
  const job = handoffJob({ db, log: keptLog().log }, workspaceId);
  for (;;) {
    const next = await job.next(await companyNow(db, workspaceId));
    if (next === null || next.at.epochMilliseconds > instant(iso).epochMilliseconds) break;
    await setClock(db, workspaceId, next.at.toString());
    await runClock(db, workspaceId);
  }
  await setClock(db, workspaceId, iso);
  await runClock(db, workspaceId);
}
