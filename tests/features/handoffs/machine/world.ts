import type { Temporal } from 'temporal-polyfill';
import { finishAction } from '../../../../src/features/actions/operations.ts';
import { departuresJob } from '../../../../src/features/departures/jobs.ts';
import { releaseDeparture } from '../../../../src/features/departures/release-operations.ts';
import { askForRock, handOver } from '../../../../src/features/handoffs/ask-operations.ts';
import { askBack } from '../../../../src/features/handoffs/back-operations.ts';
import { offerBulk } from '../../../../src/features/handoffs/batches/bulk-operations.ts';
import { offerAgain, readBrief, suggestChanges } from '../../../../src/features/handoffs/brief-operations.ts';
import type { Handoff } from '../../../../src/features/handoffs/core/handoff.ts';
import { type Transition, transitionOf } from '../../../../src/features/handoffs/core/machine.ts';
import { endLapsedHandoffs } from '../../../../src/features/handoffs/ending-operations.ts';
import { handoffJob } from '../../../../src/features/handoffs/jobs.ts';
import { returnLoan } from '../../../../src/features/handoffs/loan-operations.ts';
import { offerHandoff, offerWork } from '../../../../src/features/handoffs/offer-operations.ts';
import {
  acceptHandoff,
  declineHandoff,
  withdrawHandoff,
} from '../../../../src/features/handoffs/operations.ts';
import { handoffs } from '../../../../src/features/handoffs/store.ts';
import { completeWork } from '../../../../src/features/handoffs/work-operations.ts';
import { takeRock } from '../../../../src/features/ownership/operations.ts';
import { retireRock, setDownRock } from '../../../../src/features/ownership/register/standing-operations.ts';
import { type Actor, isActor, type Person } from '../../../../src/features/people/core/person.ts';
import { findPersonById } from '../../../../src/features/people/operations.ts';
import type { Result } from '../../../../src/platform/core/result.ts';
import { companyNow, turnCompanyClock } from '../../../../src/platform/db/company-time.ts';
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
import { insertAdmin, setDeactivated } from '../../departures/support.ts';
import { ownerOf } from '../support.ts';
import type { Step } from './steps.ts';

/** How far the clock goes: within a day, to reminders, to leads, and to what expires. */
const hours = [2, 7, 26, 24 * 4, 24 * 15];
/** What an answer does with a handoff. */
const stepOf: Partial<Record<Step['do'], Transition['step']>> = {
  read: 'accept',
  accept: 'accept',
  agree: 'hand-over',
  suggest: 'suggest',
  'offer-again': 'offer-again',
  decline: 'decline',
  withdraw: 'withdraw',
  return: 'return',
  finish: 'finish',
};
const onRockMoved = [endLapsedHandoffs];

/** Whether an operation was done, and by whom; null: by nobody in particular. */
export type Done = { isDone: boolean; by: number | null };

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
  #brief = 0;

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

  /** Does what a step says, as of this moment and on these connections. Whoever is not let in has done nothing. */
  async perform(step: Step, on: Database): Promise<Done> {
    const nobody: Done = { isDone: true, by: null };
    const person = this.#person(step.to);
    switch (step.do) {
      case 'clock': {
        const now = await companyNow(on, this.workspaceId);
        await turnCompanyClock(on, this.workspaceId, now.add({ hours: hours[step.some] ?? 1 }));
        const beat = () => handoffJob({ db: on, log: this.kept.log }, this.workspaceId).run();
        await Promise.all([beat(), beat()]);
        return nobody;
      }
      case 'leave':
      case 'come-back':
        // Somebody must be there who can release.
        if (person.id !== this.adminId) await setDeactivated(on, person.id, step.do === 'leave');
        await departuresJob({ db: on, onRockMoved }, this.workspaceId).run();
        return nobody;
    }
    const rockId = this.rocks[step.rock] ?? null;
    const handoff = await this.#handoff(step, rockId, on);
    const theirs = step.isTheirs ? await this.#whoseTurn(step, rockId, handoff, on) : null;
    const by = await findPersonById(on, this.workspaceId, theirs ?? this.#person(step.by).id);
    if (!by.ok || !isActor(by.value)) return { isDone: false, by: null };
    const result = await this.#act(step, by.value, rockId, handoff, on);
    return { isDone: result?.ok === true, by: by.value.id };
  }

  #person(place: number): Person {
    const person = this.people[place];
    if (person === undefined) throw new Error(`nobody is ${place}`);
    return person;
  }

  /** The one that a step is about: one that waits for it, and now and then what a stale button shows. */
  async #handoff(step: Step, rockId: number | null, on: Database): Promise<Handoff | undefined> {
    const all = await handoffs(on, this.workspaceId).orderBy('h.id', 'desc').execute();
    const taken = stepOf[step.do];
    const waiting = all.filter(({ kind, state }) => taken && transitionOf(kind, state, taken) !== undefined);
    if (step.isTheirs && waiting.length > 0) return waiting[step.rock % waiting.length];
    const ofRock = all.filter(({ rock }) => (rock?.id ?? null) === rockId);
    return ofRock[step.some % 2 === 0 ? 0 : ofRock.length - 1];
  }

  async #whoseTurn(
    step: Step,
    rockId: number | null,
    handoff: Handoff | undefined,
    on: Database,
  ): Promise<number | null> {
    const { to, sender, state } = handoff ?? { to: null, sender: null, state: null };
    switch (step.do) {
      case 'offer':
      case 'lend':
      case 'set-down':
      case 'retire':
        return (rockId === null ? null : await ownerOf(on, this.workspaceId, rockId)) ?? this.leadId;
      case 'assign':
        return step.some % 2 === 0 ? this.leadId : this.adminId;
      case 'bulk':
      case 'release':
        return this.adminId;
      case 'back':
        return handoff?.from?.id ?? null;
      case 'accept':
      case 'decline':
      case 'read':
        return (state === 'asked' ? sender?.id : to?.id) ?? null;
      case 'withdraw':
        return (state === 'asked' ? to?.id : sender?.id) ?? null;
      case 'suggest':
      case 'return':
      case 'finish':
        return to?.id ?? null;
      case 'agree':
      case 'offer-again':
        return sender?.id ?? null;
      default:
        return null;
    }
  }

  async #act(
    step: Step,
    by: Actor,
    rockId: number | null,
    handoff: Handoff | undefined,
    on: Database,
  ): Promise<Result<unknown> | null> {
    const { workspaceId } = this;
    const to = this.#person(step.to);
    const moving = { db: on, onRockMoved };
    const today = (await companyNow(on, workspaceId)).toZonedDateTimeISO('UTC').toPlainDate();
    const later = today.add({ days: step.some * 5 - 1 });
    switch (step.do) {
      case 'work':
        return await offerWork(on, workspaceId, by, {
          work: 'launch deck',
          to,
          words: this.#words(),
          dueOn: step.some === 4 ? null : later,
        });
      case 'bulk':
        return await offerBulk(on, workspaceId, by, {
          personId: this.#person(step.by).id,
          choice: new Map(this.rocks.map((rock) => [rock, to.id])),
          why: 'A new team.',
          stands: this.#words().whereItStands,
        });
      case 'release': {
        const departure = await on
          .selectFrom('departures')
          .select('id')
          .where('workspace_id', '=', workspaceId)
          .orderBy('id', 'desc')
          .executeTakeFirst();
        return departure === undefined ? null : await releaseDeparture(moving, workspaceId, by, departure.id);
      }
    }
    if (rockId !== null) {
      switch (step.do) {
        case 'offer':
        case 'lend':
        case 'assign':
          return await offerHandoff(on, workspaceId, by, {
            kind: step.do === 'offer' ? 'give' : step.do,
            rockId,
            to,
            words: this.#words(),
            untilOn: later,
            overlapDays: step.some * 7,
          });
        case 'ask':
          return await askForRock(on, workspaceId, by, rockId, 'I would like it.');
        case 'back':
          return await askBack(on, workspaceId, by, rockId, step.some === 0 ? null : 'I have time again.');
        case 'take':
          return await takeRock(moving, workspaceId, by, rockId);
        case 'set-down':
          return await setDownRock(moving, workspaceId, by, rockId, {
            reason: 'Not now.',
            lookAgainOn: later,
          });
        case 'retire':
          return step.some > 1
            ? null
            : await retireRock(moving, workspaceId, by, rockId, { reason: 'Over.' });
      }
    }
    return handoff === undefined ? null : await this.#answer(step, by, handoff.id, later, on);
  }

  async #answer(
    step: Step,
    by: Actor,
    id: number,
    untilOn: Temporal.PlainDate,
    on: Database,
  ): Promise<Result<unknown> | null> {
    const { workspaceId } = this;
    const given = { words: this.#words(), reason: null, overlapDays: step.some };
    switch (step.do) {
      case 'read':
        return await this.#readAs(by, id, on);
      case 'accept': {
        if (step.isTheirs) await this.#readAs(by, id, on);
        const accepted = await acceptHandoff(on, workspaceId, by, id);
        if (accepted.ok) this.accepted.push(keyOf(accepted.value, by));
        return accepted;
      }
      case 'agree':
        return await handOver(on, workspaceId, by, id, given);
      case 'suggest':
        return await suggestChanges(on, workspaceId, by, id, 'Say more about wallets.');
      case 'offer-again':
        return await offerAgain(on, workspaceId, by, id, { ...given, untilOn });
      case 'decline':
        return await declineHandoff(on, workspaceId, by, id, null);
      case 'withdraw':
        return await withdrawHandoff(on, workspaceId, by, id);
      case 'return':
        return await returnLoan(on, workspaceId, by, id);
      case 'finish':
        return await finishAction(on, workspaceId, by, { handoffId: id }, [completeWork]);
      default:
        return null;
    }
  }

  async #readAs(by: Actor, id: number, on: Database) {
    const brief = await readBrief(on, this.workspaceId, by, id);
    if (brief.ok) this.read.add(keyOf(brief.value.handoff, by));
    return brief;
  }

  /** No two briefs say the same, so that which one was read can be told. */
  #words() {
    this.#brief += 1;
    return {
      whyItMatters: 'Every sale passes through it.',
      whereItStands: `Brief ${this.#brief}.`,
      nextStep: null,
      whatCouldHurt: null,
    };
  }
}

function keyOf({ id, words }: Handoff, by: Actor): string {
  return `handoff ${id} by ${by.name}: ${words.whereItStands ?? 'a wish'}`;
}
