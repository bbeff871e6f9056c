import { expect } from 'vitest';
import type { SeenMessage } from '../../src/playground/fake-slack/control/seen.ts';
import { buttonsOf, startCairn, type TestCairn } from './cairn.ts';
import { readHome } from './home.ts';
import { type Said, saidIn, strayIn } from './said.ts';
import { type Size, worstCompany, worstWorkspace } from './worst-company.ts';

const nameable = {
  people: ['U0ANA', 'U0BEN', 'U0CHI', 'U0GUEST'],
  channels: ['C0PAYMENTS', 'C0GENERAL'],
  links: ['https://wiki.test.example/'],
};

/** The running app with a company whose every field is full of one text, and what people do in it. */
export class WorstWalk {
  readonly cairn: TestCairn;
  /** As somebody writes it into a field that takes so many characters. */
  readonly words: (length: number) => string;

  private constructor(cairn: TestCairn, words: (length: number) => string) {
    this.cairn = cairn;
    this.words = words;
  }

  static async start(words: (length: number) => string, size: Size): Promise<WorstWalk> {
    const cairn = await startCairn({
      company: worstCompany(words, size),
      fake: { seed: worstWorkspace(words) },
    });
    return new WorstWalk(cairn, words);
  }

  /** As somebody types it into a command, in one line. */
  typed(length: number): string {
    return this.words(length).replaceAll('\n', ' ').trim();
  }

  /** The answer to a command, which is seen by whoever typed it alone. */
  async answerTo(person: string, command: string, where = 'general'): Promise<SeenMessage> {
    const own = async () => await this.cairn.as(person).ephemerals(where);
    const before = (await own()).length;
    await this.cairn.as(person).command(command, { in: where });
    await expect.poll(async () => (await own()).length).toBeGreaterThan(before);
    const answer = (await own()).at(-1);
    if (answer === undefined) throw new Error(`nothing answers ${command}`);
    return answer;
  }

  async modalIs(person: string, title: string): Promise<void> {
    await expect.poll(async () => (await this.cairn.as(person).modal())?.title.text).toBe(title);
  }

  async homeOf(person: string): Promise<string> {
    return (await readHome(this.cairn, person)).join('\n');
  }

  async newest(person: string): Promise<SeenMessage | undefined> {
    return (await this.cairn.slack.messages(`@${person}`)).at(-1);
  }

  /** Ana offers a rock to Ben, with a brief as long as it can be. */
  async offer(rock: string): Promise<void> {
    await this.cairn.as('ana').command(`/handoff ${rock} @ben`, { in: 'payments' });
    await this.modalIs('ana', 'Hand over');
    const long = this.words(2_000);
    const brief = {
      'Why it matters': long,
      'Where it stands': long,
      'What I would do next': long,
      'What could hurt': long,
    };
    expect(await this.cairn.as('ana').submit(brief)).toMatchObject({ ok: true });
    await expect.poll(async () => buttonsOf(await this.newest('ben'))).toEqual(['Read the brief', 'Decline']);
    await expect.poll(async () => buttonsOf(await this.newest('ana'))).toEqual(['Withdraw']);
  }

  /** The direct message that asks Ana for her check-in. */
  async promptOfAna(): Promise<SeenMessage> {
    const prompt = (await this.cairn.slack.messages('@ana')).findLast((it) =>
      /^23 November|your check-in/.test(it.text),
    );
    if (prompt === undefined) throw new Error('ana was not asked');
    return prompt;
  }

  /** Fills in the modal that asks Ana for key results, and those that take its place; gives how many there were. */
  async answerSteps(confidence: string): Promise<number> {
    const ana = this.cairn.as('ana');
    for (let step = 1; ; step += 1) {
      const modal = await ana.modal();
      const asked = (modal?.blocks ?? []).flatMap((block) =>
        block.type === 'input' ? [block.block_id ?? ''] : [],
      );
      const entered = (id: string): string => {
        if (id.startsWith('value')) return '123456789.1234';
        if (id.startsWith('health')) return 'Off track';
        return id.startsWith('confidence') ? confidence : this.words(1_500);
      };
      const result = await ana.submit(Object.fromEntries(asked.map((id) => [id, entered(id)])));
      if (!result.ok) throw new Error(`step ${step}: ${JSON.stringify(result)}`);
      if (result.modal === 'closed') return step;
    }
  }

  /** All that was said since the start, and what of it pings, links or formats although Cairn did not mean it to. */
  async said(): Promise<{ said: Said[]; stray: (Said & { what: string })[] }> {
    const said = saidIn(await this.cairn.slack.log());
    return { said, stray: said.flatMap((one) => strayIn(one, nameable).map((what) => ({ what, ...one }))) };
  }
}
