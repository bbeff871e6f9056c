import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { pauseCadence, resumeCadence, runCadence, skipNext } from '../../src/cadence/change-operations.ts';
import { nextSlot } from '../../src/cadence/core/calendar.ts';
import { type CadenceRule, noDayOff, ruleOf } from '../../src/cadence/core/rule.ts';
import { parseSchedule } from '../../src/cadence/core/schedule.ts';
import { tick } from '../../src/cadence/planner.ts';
import { editCadence } from '../../src/cadence/setup-operations.ts';
import type { SenderDeps } from '../../src/delivery/deps.ts';
import { editSome } from '../../src/delivery/editing.ts';
import { usualLimits } from '../../src/delivery/limits.ts';
import { rewrite, tell } from '../../src/delivery/outbox.ts';
import { reconcile } from '../../src/delivery/reconciler.ts';
import { sendSome } from '../../src/delivery/sender.ts';
import type { Database } from '../../src/platform/db/database.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { insertCadence, insertChannel, insertPerson, instant, keptLog } from '../support/builders.ts';
import { insertWorkspace } from '../support/database.ts';
import type { Machine } from './machine.ts';
import { answer, askingRitual, contentOf } from './ritual.ts';
import type { Step } from './steps.ts';
import { type FaultName, VirtualSlack } from './virtual-slack.ts';

/** A rule that was in force, in company time. */
export type Reign = { rule: CadenceRule; from: Temporal.Instant; to: Temporal.Instant };

/** Company time at the beginning of a run: a Friday, before clocks are turned in half of the world. */
export const beginsAt = instant('2026-10-23T12:00:00Z');
const actor = { name: 'Ana', isAdmin: true };

/** A workspace of one run: two channels, two people, one cadence, and replicas that come and go. */
export class World {
  readonly db: Database;
  readonly machine: Machine;
  readonly workspaceId: string;
  readonly slack: VirtualSlack;
  readonly cadenceId: number;
  readonly channels: readonly number[];
  readonly people: readonly number[];
  readonly reigns: Reign[] = [];
  private now: Temporal.Instant = beginsAt;
  private reign: Omit<Reign, 'to'>;
  private isPaused = false;
  private count = 0;
  private lastPlain: number | null = null;

  private constructor(
    given: Pick<World, 'db' | 'machine' | 'workspaceId' | 'cadenceId' | 'channels' | 'people'>,
    rule: CadenceRule,
  ) {
    this.db = given.db;
    this.machine = given.machine;
    this.workspaceId = given.workspaceId;
    this.cadenceId = given.cadenceId;
    this.channels = given.channels;
    this.people = given.people;
    this.slack = new VirtualSlack(given.machine, () => this.now.epochMilliseconds);
    this.reign = { rule, from: this.now };
  }

  static async begin(db: Database, machine: Machine, schedule: string, zone: string): Promise<World> {
    const workspaceId = await insertWorkspace(db);
    await sql`update workspaces set clock_stopped_at = ${beginsAt.toString()} where id = ${workspaceId}`.execute(
      db,
    );
    const channels: number[] = [];
    for (const name of ['payments', 'checkout']) {
      channels.push((await insertChannel(db, workspaceId, name)).id);
    }
    await sql`update channels set has_cairn = true where workspace_id = ${workspaceId}`.execute(db);
    const people: number[] = [];
    for (const name of ['Ana', 'Ben'])
      people.push((await insertPerson(db, workspaceId, { name, timezone: 'UTC' })).id);
    const rule = ruleFor(schedule, zone);
    const cadenceId = await insertCadence(db, workspaceId, {
      key: 'ritual',
      channelId: channels[0] ?? 0,
      schedule,
      timezone: zone,
      nextDueAt: nextSlot(rule, beginsAt)?.at.toString() ?? null,
    });
    return new World({ db, machine, workspaceId, cadenceId, channels, people }, rule);
  }

  async perform(step: Step): Promise<void> {
    await this.machine.nextStep();
    switch (step.kind) {
      case 'tell':
        return await this.tell(step.lane);
      case 'rewrite':
        return await this.rewrite();
      case 'tick':
        await Promise.all(Array.from({ length: step.replicas }, async () => await this.tick(step.fails)));
        return;
      case 'send':
        await Promise.all(Array.from({ length: step.replicas }, async () => await this.asReplica(sendSome)));
        return;
      case 'edit':
        return await this.asReplica(editSome);
      case 'reconcile':
        await Promise.all(Array.from({ length: step.replicas }, async () => await this.asReplica(reconcile)));
        return;
      case 'pass':
        return await this.pass(step.ms);
      case 'turn':
        return await this.turn(step.hours);
      case 'faults':
        return this.slack.willMeet(step.faults);
      case 'poison':
        return await this.poison(step.channel, step.fault);
      case 'answer': {
        const person = this.people[step.person] ?? 0;
        await Promise.all(
          Array.from({ length: step.presses }, async () => await answer(this.db, this.workspaceId, person)),
        );
        return;
      }
      case 'change':
        return await this.change(step.schedule, step.zone);
      case 'pause':
        return await this.pause();
      case 'skip':
        await skipNext(this.db, this.workspaceId, this.actor(), this.cadenceId);
        return;
      case 'run-by-hand':
        await Promise.all(Array.from({ length: step.presses }, async () => await this.runByHand()));
    }
  }

  /** All is well again, and time goes on until nothing is left to be done. */
  async settleDown(): Promise<void> {
    this.slack.heal();
    if (this.isPaused) await this.perform({ kind: 'pause' });
    await this.perform({ kind: 'tick', replicas: 1, fails: false });
    this.endReign();
    await sql`update cadences set state = 'ended' where id = ${this.cadenceId}`.execute(this.db);
    for (let round = 0; round < 300; round += 1) {
      for (const kind of ['send', 'reconcile'] as const) await this.perform({ kind, replicas: 1 });
      await this.perform({ kind: 'edit' });
      if (!(await this.isBusy())) return;
      // By and by: what waits for a limit, for doubts to settle, and for days on which people may be reminded.
      await this.pass(round % 5 === 4 ? 46_000 : 1_100);
      if (round % 10 === 9) await this.turn(12);
    }
  }

  private async isBusy(): Promise<boolean> {
    const { rows } = await sql<{ busy: boolean }>`
      select exists (select from deliveries where workspace_id = ${this.workspaceId}
        and (state in ('pending', 'sending', 'unknown') or state = 'sent' and shown_revision < wanted_revision)
      ) as busy`.execute(this.db);
    return rows[0]?.busy === true;
  }

  private async tell(lane: number): Promise<void> {
    this.count += 1;
    const { count, workspaceId } = this;
    const places = [
      ...this.channels.map((channelId) => ({ channelId })),
      ...this.people.map((personId) => ({ personId })),
    ];
    const to = places[lane % places.length];
    if (to === undefined) throw new Error('there is nowhere to tell');
    this.lastPlain = await inTransaction(
      this.db,
      async (tx) =>
        await tell(tx, {
          workspaceId,
          dedupeKey: `plain ${count}`,
          to,
          content: contentOf(`plain ${count}`),
          dueAt: this.now,
        }),
    );
  }

  private async rewrite(): Promise<void> {
    const { lastPlain } = this;
    if (lastPlain === null) return;
    await inTransaction(this.db, async (tx) => {
      await rewrite(tx, lastPlain, contentOf(`reworded in step ${this.machine.step()}`));
    });
  }

  private async tick(fails: boolean): Promise<void> {
    const ritual = askingRitual(this.people, () => {
      if (fails) throw new Error('the process dies in the middle of planning');
    });
    const rituals = new Map([[ritual.key, ritual]]);
    await tick({ db: this.db, workspaceId: this.workspaceId, rituals, log: quiet });
  }

  /** A process of its own, which may die in the middle of it; its claims are all that is left then. */
  private async asReplica(work: (deps: SenderDeps) => Promise<unknown>): Promise<void> {
    const { promise: death, resolve: die } = Promise.withResolvers<void>();
    const { db, workspaceId, machine } = this;
    const deps: SenderDeps = {
      db,
      workspaceId,
      slack: this.slack.for(die),
      limits: usualLimits,
      log: quiet,
      monotonicMs: machine.nowMs,
      sleep: machine.pass,
    };
    await Promise.race([work(deps), death]);
  }

  private async pass(ms: number): Promise<void> {
    await this.machine.pass(ms);
    await this.setCompanyTime(this.now.add({ milliseconds: ms }));
    this.slack.arrive();
  }

  private async turn(hours: number): Promise<void> {
    await this.setCompanyTime(this.now.add({ minutes: Math.round(hours * 60) }));
  }

  private async setCompanyTime(to: Temporal.Instant): Promise<void> {
    this.now = to;
    await sql`update workspaces set clock_stopped_at = ${to.toString()} where id = ${this.workspaceId}`.execute(
      this.db,
    );
  }

  /** From now on every call to this channel meets the same. */
  private async poison(channel: number, fault: FaultName): Promise<void> {
    this.slack.poisoned.set(await this.slackIdOf(this.channels[channel] ?? 0), fault);
  }

  private async slackIdOf(channelId: number): Promise<string> {
    const { slack_id } = await this.db
      .selectFrom('channels')
      .select('slack_id')
      .where('id', '=', channelId)
      .executeTakeFirstOrThrow();
    return slack_id ?? '';
  }

  private async change(schedule: string, zone: string): Promise<void> {
    const done = await editCadence(this.db, this.workspaceId, this.actor(), this.cadenceId, {
      key: null,
      ritual: 'okr-check-in',
      channelId: this.channels[0] ?? 0,
      schedule,
      timezone: zone,
      startsOn: null,
      onHoliday: 'hold',
      cycle: 'current',
      nudgeAfter: null,
      closeAfter: null,
      teamIds: [],
    });
    if (!done.ok) throw new Error(`the cadence was not changed: ${done.words}`);
    this.endReign();
    this.reign = { rule: ruleFor(schedule, zone), from: this.now };
  }

  private async pause(): Promise<void> {
    const change = this.isPaused ? resumeCadence : pauseCadence;
    const done = await change(this.db, this.workspaceId, this.actor(), this.cadenceId);
    if (!done.ok) throw new Error(done.words);
    this.isPaused = !this.isPaused;
  }

  private async runByHand(): Promise<void> {
    const ritual = askingRitual(this.people);
    await runCadence(
      this.db,
      this.workspaceId,
      this.actor(),
      this.cadenceId,
      new Map([[ritual.key, ritual]]),
    );
  }

  private endReign(): void {
    this.reigns.push({ ...this.reign, to: this.now });
  }

  private actor() {
    return { ...actor, id: this.people[0] ?? 0 };
  }
}

const { log: quiet } = keptLog();

export function ruleFor(schedule: string, zone: string): CadenceRule {
  const read = parseSchedule(schedule);
  if (!read.ok) throw new Error(read.words);
  return ruleOf({ schedule: read.value, zone, startsOn: null, onHoliday: 'hold', dayOff: noDayOff });
}
