import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../src/platform/db/database.ts';
import type { SeedInput } from '../../src/playground/fake-slack/seed.ts';
import {
  insertCadence,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertPerson,
  insertTeam,
} from '../support/builders.ts';
import { insertWorkspace } from '../support/database.ts';

export const workspaceId = 'T0CAIRN';

/** Somewhere that messages go to, in the database and in Slack. */
export type Place = { to: { channelId: number } | { personId: number }; slackId: string };

export type Company = { channels: Place[]; people: Place[] };

const letters = (index: number): string =>
  String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26));

/** As many people and channels as a round needs, as Slack has them. */
export function slackSeed(counts: { people: number; channels: number }): SeedInput {
  return {
    team: { id: workspaceId, name: 'Test company', domain: 'test-company' },
    bot: { user_id: 'U0CAIRN', bot_id: 'B0CAIRN', app_id: 'A0CAIRN', name: 'Cairn' },
    users: Array.from({ length: counts.people }, (_, index) => ({
      id: `U0P${letters(index)}`,
      name: `person${index}`,
      real_name: `Person ${index}`,
      email: `person${index}@test.example`,
    })),
    channels: Array.from({ length: counts.channels }, (_, index) => ({
      id: `C0C${letters(index)}`,
      name: `channel${index}`,
    })),
  };
}

/**
 * The same people and channels in Cairn's database, and one cadence that comes every minute and asks two people in
 * the last channel.
 */
export async function insertCompany(db: Database, seed: SeedInput): Promise<Company> {
  await insertWorkspace(db, { id: workspaceId });
  const channels: Place[] = [];
  for (const { id, name } of seed.channels ?? []) {
    channels.push({ to: { channelId: (await insertChannel(db, workspaceId, name, id)).id }, slackId: id });
  }
  const people: Place[] = [];
  const [ana, ben] = await Promise.all(
    seed.users
      .slice(0, 2)
      .map(async ({ id, real_name: name }) => insertPerson(db, workspaceId, { name, slackId: id })),
  );
  for (const { id, real_name: name } of seed.users) {
    const known = [ana, ben].find((person) => person?.slackId === id);
    const person = known ?? (await insertPerson(db, workspaceId, { name, slackId: id }));
    people.push({ to: { personId: person.id }, slackId: id });
  }
  const last = channels.at(-1);
  if (last === undefined || !('channelId' in last.to) || ana === undefined || ben === undefined) {
    throw new Error('a company needs two people and a channel');
  }
  const { channelId } = last.to;
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
  const cycleId = await insertCycle(db, workspaceId, {
    key: 'all',
    starts: '2020-01-01',
    ends: '2099-12-31',
  });
  const objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  await insertKeyResult(db, workspaceId, objectiveId, { key: 'one', owner: ana });
  await insertKeyResult(db, workspaceId, objectiveId, { key: 'two', owner: ben });
  const soon = Temporal.Now.instant()
    .add({ seconds: 60 })
    .round({ smallestUnit: 'minute', roundingMode: 'floor' });
  await insertCadence(db, workspaceId, {
    key: 'every-minute',
    channelId,
    schedule: '* * * * *',
    cycle: 'all',
    teamIds: [teamId],
    nextDueAt: soon.toString(),
  });
  await keepSteps(db);
  return { channels, people };
}

/** From now on the database keeps every step of every delivery, whoever makes it and whatever becomes of them. */
async function keepSteps(db: Database): Promise<void> {
  await sql`create table chaos_steps (delivery uuid not null, before text not null, after text not null)`.execute(
    db,
  );
  await sql`
    create function chaos_keep_step() returns trigger language plpgsql as $$
    begin
      insert into chaos_steps values (new.id, old.state, new.state);
      return new;
    end $$`.execute(db);
  await sql`
    create trigger chaos_keep_step after update on deliveries for each row
    when (old.state is distinct from new.state) execute function chaos_keep_step()`.execute(db);
}
