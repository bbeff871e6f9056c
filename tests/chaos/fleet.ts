import { setTimeout as pause } from 'node:timers/promises';
import { type CairnProcess, startProcess } from '../support/process.ts';
import { type Chance, insist } from './chance.ts';

/** A busy machine, and nothing compiled yet. */
const startPatienceMs = 120_000;

/** Cairn's processes, of which each is started again when it ends, as an operator's container would be. */
export class Fleet {
  private readonly env: Record<string, string>;
  private readonly chance: Chance;
  private readonly running: CairnProcess[] = [];
  private readonly frozen = new Set<CairnProcess>();
  private readonly watching: Promise<void>[] = [];
  private isStopping = false;
  /** how often one was killed, replaced by a newer one, or ended without being asked to */
  readonly counts = { kills: 0, replaced: 0, endedAlone: 0 };
  /** what those said that ended without being asked to */
  readonly lastWords: string[] = [];

  constructor(env: Record<string, string>, chance: Chance) {
    this.env = env;
    this.chance = chance;
  }

  /** Starts so many at once and waits until they are ready. */
  async start(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, async () => await this.launch()));
    await insist(async () => {
      for (const cairn of this.running) await cairn.ready();
    }, startPatienceMs);
  }

  /** No warning, no goodbye; another one is started in a moment. */
  async kill(): Promise<void> {
    const cairn = this.any();
    if (cairn === undefined) return;
    this.counts.kills += 1;
    this.forget(cairn);
    cairn.signal('SIGKILL');
    await cairn.ended();
    await pause(this.chance.whole(100, 1_500));
    await this.launch();
  }

  /** As a deploy does: the newer one is ready before the older one is asked to end. */
  async replace(): Promise<void> {
    const older = this.any();
    if (older === undefined) return;
    const newer = await this.launch();
    await newer.ready().catch(() => undefined);
    this.counts.replaced += 1;
    this.forget(older);
    older.signal('SIGTERM');
    await older.ended();
  }

  /** Nothing in it moves for so long, not even its timers: as an event loop that is blocked. */
  async freeze(ms: number): Promise<void> {
    const cairn = this.any();
    if (cairn === undefined) return;
    this.frozen.add(cairn);
    cairn.signal('SIGSTOP');
    await pause(ms);
    cairn.signal('SIGCONT');
    this.frozen.delete(cairn);
  }

  /** Steps the clock of one by two hours, or back again. */
  stepClock(): void {
    this.any()?.signal('SIGUSR2');
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    for (const cairn of this.running) cairn.signal('SIGTERM');
    await Promise.all(this.watching);
  }

  /** For whoever looks into a round that went wrong. */
  output(): string {
    return this.running.map((cairn) => cairn.output()).join('\n');
  }

  private any(): CairnProcess | undefined {
    const free = this.running.filter((cairn) => !this.frozen.has(cairn));
    return free.length === 0 ? undefined : this.chance.pick(free);
  }

  private forget(cairn: CairnProcess): void {
    this.running.splice(this.running.indexOf(cairn), 1);
  }

  private async launch(): Promise<CairnProcess> {
    const cairn = await startProcess(this.env, { keeps: true });
    this.running.push(cairn);
    this.watching.push(this.watch(cairn));
    return cairn;
  }

  private async watch(cairn: CairnProcess): Promise<void> {
    await cairn.ended();
    if (this.isStopping || !this.running.includes(cairn)) return;
    this.counts.endedAlone += 1;
    this.lastWords.push(cairn.output().slice(-2_000));
    this.forget(cairn);
    await pause(500);
    if (!this.isStopping) await this.launch();
  }
}
