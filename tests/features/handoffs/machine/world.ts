import type { BriefWords } from '../../../../src/features/handoffs/core/handoff.ts';
import { endLapsedHandoffs } from '../../../../src/features/handoffs/ending-operations.ts';
import type { Person } from '../../../../src/features/people/core/person.ts';
import type { Database } from '../../../../src/platform/db/database.ts';
import {
  insertActor,
  insertChannel,
  insertPerson,
  insertRock,
  insertTeam,
  keptLog,
  setClock,
} from '../../../support/builders.ts';
import { insertWorkspace } from '../../../support/database.ts';
import { insertAdmin } from '../../departures/support.ts';
import { ownerOf } from '../support.ts';

export const onRockMoved = [endLapsedHandoffs];

/** A company in which things are handed over. */
export class World {
  readonly db: Database;
  readonly workspaceId: string;
  readonly people: readonly Person[];
  readonly rocks: readonly number[];
  readonly leadId: number;
  readonly adminId: number;
  /** Who owned each rock at first. */
  readonly atFirst: ReadonlyMap<number, number | null>;
  readonly kept = keptLog();
  /** What was accepted by whom with which words, and what was read. */
  readonly accepted: string[] = [];
  readonly read = new Set<string>();
  #briefs = 0;

  static async begin(db: Database, startsAt: string): Promise<World> {
    const workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
    await setClock(db, workspaceId, startsAt);
    const lead = await insertActor(db, workspaceId, { name: 'Lea' });
    const admin = await insertAdmin(db, workspaceId, 'Ada');
    const ana = await insertActor(db, workspaceId, { name: 'Ana', timezone: 'Asia/Tokyo' });
    const ben = await insertActor(db, workspaceId, { name: 'Ben', timezone: 'America/New_York' });
    const chi = await insertActor(db, workspaceId, { name: 'Chi' });
    const guest = await insertPerson(db, workspaceId, { name: 'Gil', kind: 'guest' });
    const channel = await insertChannel(db, workspaceId, 'payments');
    const teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    await db.updateTable('teams').set({ lead_id: lead.id }).where('id', '=', teamId).execute();
    const rocks = [
      await insertRock(db, workspaceId, {
        name: 'Payments',
        owner: ana,
        teamId,
        channelId: channel.id,
        backups: [ben],
      }),
      await insertRock(db, workspaceId, { name: 'Search', owner: ben, teamId, backups: [ana, chi] }),
      await insertRock(db, workspaceId, { name: 'Mail' }),
    ];
    const atFirst = new Map<number, number | null>();
    for (const rock of rocks) atFirst.set(rock, await ownerOf(db, workspaceId, rock));
    const people = [lead, admin, ana, ben, chi, guest];
    return new World({ db, workspaceId, people, rocks, leadId: lead.id, adminId: admin.id, atFirst });
  }

  private constructor(
    of: Pick<World, 'db' | 'workspaceId' | 'people' | 'rocks' | 'leadId' | 'adminId' | 'atFirst'>,
  ) {
    this.db = of.db;
    this.workspaceId = of.workspaceId;
    this.people = of.people;
    this.rocks = of.rocks;
    this.leadId = of.leadId;
    this.adminId = of.adminId;
    this.atFirst = of.atFirst;
  }

  /** Whether Lea's team has this rock. */
  leads(rockId: number): boolean {
    return this.rocks.indexOf(rockId) < 2;
  }

  isMember(personId: number): boolean {
    return this.people.some(({ id, kind }) => id === personId && kind === 'member');
  }

  personAt(place: number): Person {
    const person = this.people[place];
    if (person === undefined) throw new Error(`nobody is ${place}`);
    return person;
  }

  person(id: number): Person {
    return this.personAt(this.people.findIndex((person) => person.id === id));
  }

  /** No two briefs say the same, so that which one was read can be told. */
  newWords(): BriefWords {
    this.#briefs += 1;
    return {
      whyItMatters: null,
      whereItStands: `Brief ${this.#briefs}.`,
      nextStep: null,
      whatCouldHurt: null,
    };
  }
}
