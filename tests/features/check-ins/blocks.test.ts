import { describe, expect, it } from 'vitest';
import type { CheckIn, PromptItem, Tally } from '../../../src/features/check-ins/core/check-in.ts';
import { readAnswers } from '../../../src/features/check-ins/input.ts';
import { checkInModal } from '../../../src/features/check-ins/modal-blocks.ts';
import { answersBlocks, nudgeBlocks, promptBlocks } from '../../../src/features/check-ins/prompt-blocks.ts';
import { runBlocks, summaryBlocks } from '../../../src/features/check-ins/run-blocks.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { given, owed, prompt, promptItem } from '../../support/check-ins.ts';
import { worstTexts } from '../../support/worst-case.ts';

const day = '5 October 2026';

function item(id: number, change: Partial<PromptItem> = {}, text?: (length: number) => string): PromptItem {
  const worst = text && { title: text(200), objective: text(200), unit: text(20) };
  return promptItem(id, { keyResult: owed({ id, ...worst }), ...change });
}

const tally = (asked: number, came: number, away = 0, late = 0): Tally => ({ asked, in: came, away, late });
const answer: CheckIn = { value: 3, confidence: 7, words: 'Fewer retries.', health: null };
const previous: CheckIn = { value: 3.1, confidence: 8, words: null, health: null };
const shown = (content: { blocks: unknown }) => JSON.stringify(content.blocks);

describe("the channel's message", () => {
  it.each([
    [tally(7, 0, 0), 0, '0 of 7 in. Answers gather in this thread.'],
    [tally(7, 5, 0), 1, '5 of 7 in. 1 key result has nobody to ask. Answers gather in this thread.'],
    [tally(7, 7, 0), 2, 'All 7 are in. 2 key results have nobody to ask. Answers gather in this thread.'],
    [tally(1, 0, 0), 0, '0 of 1 in. Answers gather in this thread.'],
    [tally(1, 1, 0), 0, '1 of 1 in. Answers gather in this thread.'],
    [tally(0, 0, 0), 2, '2 key results have nobody to ask.'],
    [tally(6, 5, 1), 0, '5 of 7 in, 1 away. Answers gather in this thread.'],
    [tally(6, 6, 1), 0, '6 of 7 in, 1 away. Answers gather in this thread.'],
    [tally(0, 0, 3), 0, '0 of 3 in, 3 away. Answers gather in this thread.'],
  ])('counts people, and names nobody: %j and %i without anybody', (counted, unasked, words) => {
    const content = runBlocks(day, counted, { unasked, late: null, isOver: false });
    expect(content.text).toBe(`OKR check-in, 5 October 2026: ${words}`);
    for (const line of words.split('. ')) expect(shown(content)).toContain(line.replace(/\.$/, ''));
    expect(messageProblems(content)).toEqual([]);
  });
});

describe("the channel's message at its end", () => {
  it('says that it is closed, also where nobody could be asked', () => {
    const over = { unasked: 0, late: null, isOver: true };
    expect(runBlocks(day, tally(6, 5, 1), over).text).toBe(
      'OKR check-in, 5 October 2026: 5 of 7 in, 1 away. This check-in is closed. Late answers still count, until the next one.',
    );
    expect(runBlocks(day, tally(0, 0, 0), { ...over, unasked: 1 }).text).toBe(
      'OKR check-in, 5 October 2026: 1 key result has nobody to ask. This check-in is closed. Late answers still count, until the next one.',
    );
  });
});

describe('the summary in the thread', () => {
  it.each([
    [tally(7, 7, 0), 'over', 'This check-in is closed. All 7 are in.'],
    [tally(6, 3, 1), 'over', 'This check-in is closed. 3 of 7 in, 1 away. 3 have not been heard.'],
    [
      tally(2, 1, 0),
      'newer',
      'A newer check-in has begun, so this one is closed. 1 of 2 in. 1 has not been heard.',
    ],
  ] as const)('counts, and names nobody: %j, %s', (counted, why, words) => {
    const content = summaryBlocks(counted, [], why);
    expect(content.text).toBe(words);
    expect(shown(content)).toContain(words);
    expect(messageProblems(content)).toEqual([]);
  });

  it('lists what came in and how it moved, as much as a message holds', () => {
    const some = summaryBlocks(tally(1, 1, 0), [item(1, { answer, previous })], 'over');
    expect(shown(some)).toContain('*Rate 1*  3.1 % → 3 %, confidence 8 → 7');
    const many = Array.from({ length: 400 }, (_, id) =>
      item(id, { answer, previous, keyResult: { ...item(id).keyResult, title: '&'.repeat(200) } }),
    );
    const content = summaryBlocks(tally(400, 400, 0), many, 'over');
    expect(shown(content)).toContain('… and 385 more.');
    expect(messageProblems(content)).toEqual([]);
  });
});

describe('the reminder', () => {
  it('says what is open, and opens it', () => {
    const content = nudgeBlocks(prompt([]));
    expect(content.text).toBe('A gentle reminder: your check-in of 5 October 2026 is still open.');
    expect(shown(content)).toContain('"value":"3"');
    expect(messageProblems(content)).toEqual([]);
  });
});

describe('the direct message', () => {
  it('asks for what is open, with the last value and confidence', () => {
    const content = promptBlocks(prompt([item(1, { previous }), item(2)]));
    expect(content.text).toBe('5 October 2026: Where do you stand with 2 key results? Rate 1, Rate 2');
    expect(shown(content)).toContain('*Rate 1*  last 3.1 %, confidence 8, target 2 %');
    expect(shown(content)).toContain('Check in');
  });

  it('counts what is in and asks for the rest', () => {
    const content = promptBlocks(prompt([item(1, { answer }), item(2)]));
    expect(content.text).toBe('5 October 2026: 1 of 2 is in. One key result left: Rate 2');
    expect(shown(content)).not.toContain('Rate 1');
  });

  it.each([
    [0, 3, 'Where do you stand with 3 key results?'],
    [1, 3, '1 of 3 is in. 2 key results left:'],
    [2, 3, '2 of 3 are in. One key result left:'],
    [0, 1, 'Where do you stand with one key result?'],
    [3, 3, 'Thank you, you are in.'],
  ])('of %i of %i answered it says so', (done, all, words) => {
    const items = Array.from({ length: all }, (_, index) => item(index, index < done ? { answer } : {}));
    expect(shown(promptBlocks(prompt(items)))).toContain(words);
  });

  it('says to whoever stands in for whom they do, and nothing of it to an owner', () => {
    const owned = item(1);
    const standsInFor = { slackId: 'U7', name: 'Zoe' };
    const stoodIn = item(2, { why: { as: 'backup', standsInFor } });
    const unowned = item(3, { why: { as: 'backup', standsInFor: null } });
    const both = shown(promptBlocks(prompt([owned, stoodIn])));
    expect(both).toMatch(/\*Rate 1\*[^*]*target 2 %\\n•/);
    expect(both).toMatch(/\*Rate 2\*[^*]*target 2 %\\n {3}You stand in for <@U7> here\./);
    const alone = shown(promptBlocks(prompt([stoodIn, unowned])));
    expect(alone).toContain('You stand in here: nobody owns it.');
    expect(shown(promptBlocks(prompt([owned])))).not.toContain('stand in');
  });

  it('thanks once all is in, and lets it be changed', () => {
    const content = promptBlocks(prompt([item(1, { answer, previous })]));
    expect(content.text).toBe('Thank you, your check-in of 5 October 2026 is in.');
    expect(shown(content)).toContain('*Rate 1*  3.1 % → 3 %, confidence 8 → 7');
    expect(shown(content)).toContain('Change it');
  });
});

describe('the answer in the thread', () => {
  it('says what moved and the words, of what was answered alone', () => {
    const content = answersBlocks(prompt([item(1, { answer, previous }), item(2)]), false);
    expect(content.text).toBe(
      '<@U1> checked in\n:large_yellow_circle: Rate 1  3.1 % → 3 %, confidence 8 → 7, at risk',
    );
    expect(shown(content)).toContain('&gt; Fewer retries.'.replace('&gt;', '>'));
    expect(shown(content)).not.toContain('Rate 2');
  });

  it('cannot be made to look like ours by its words', () => {
    const words = 'fine\n*Ana* <!channel>\n<https://evil.example|click>';
    const content = answersBlocks(prompt([item(1, { answer: { ...answer, words } })]), false);
    expect(shown(content)).toContain('\\n> *Ana* &lt;!channel&gt;\\n> &lt;https://evil.example|click&gt;');
    expect(messageProblems(content)).toEqual([]);
  });
});

describe('the modal', () => {
  it('is prefilled so that it can be sent off as it is', () => {
    const current = 0.0000001;
    const tiny = item(2, { previous });
    const view = checkInModal(
      prompt([item(1, { previous }), { ...tiny, keyResult: { ...tiny.keyResult, current } }]),
    );
    expect(modalProblems(view)).toEqual([]);
    const values: Record<string, string | null> = {};
    for (const block of view.blocks) {
      if (block.type !== 'input' || !('element' in block) || block.block_id === undefined) continue;
      const { element } = block;
      const initial = 'initial_value' in element ? element.initial_value : undefined;
      values[block.block_id] = typeof initial === 'string' ? initial : null;
    }
    const sent = {
      workspaceId: 'T1',
      slackUserId: 'U1',
      values,
      lists: {},
      files: {},
      metadata: view.private_metadata ?? '',
    };
    expect(readAnswers(sent, '.')).toEqual({
      occurrenceId: 3,
      answers: [given(1, { value: 3.1 }), given(2, { value: current })],
      isChange: false,
      openedAt: null,
      readings: [],
    });
  });

  it('leaves value and confidence empty where there is none, and says what the first one means', () => {
    const fresh = item(1);
    const view = checkInModal(
      prompt([{ ...fresh, keyResult: { ...fresh.keyResult, start: null, current: null } }]),
    );
    expect(JSON.stringify(view)).not.toContain('initial_value');
    expect(JSON.stringify(view)).toContain('This first value becomes the start.');
  });

  it('shows the answer that was given, for a change', () => {
    const view = JSON.stringify(checkInModal(prompt([item(1, { answer, previous })])));
    for (const part of ['"initial_value":"3"', '"initial_value":"7"', '"initial_value":"Fewer retries."'])
      expect(view).toContain(part);
  });
});

describe.each(worstTexts)('with sixty key results full of %s', (_, text) => {
  const words = text(1_500);
  const person = { id: 1, slackId: null, name: text(100) };
  const items = Array.from({ length: 60 }, (_, id) =>
    item(id + 1, { previous: { ...previous, value: -1e15 } }, text),
  );
  const answered = items.map((each) => ({
    ...each,
    answer: { value: 1e15, confidence: 10, words, health: null },
  }));
  const half = answered.map((each, index) => (index % 2 === 0 ? each : { ...each, answer: null }));

  it.each([
    ['the prompt', promptBlocks(prompt(items, { person }))],
    ['the prompt that is half answered', promptBlocks(prompt(half, { person }))],
    ['the thanks', promptBlocks(prompt(answered, { person }))],
    ['the answers', answersBlocks(prompt(answered, { person }), true)],
    ['the answers to ten', answersBlocks(prompt(answered.slice(0, 10), { person }), true)],
    ['the answer to one', answersBlocks(prompt(answered.slice(0, 1), { person }), true)],
  ])('%s stays within the limits of Slack and pings nobody', (_, content) => {
    expect(messageProblems(content)).toEqual([]);
  });

  it('the prompt and the answers say how many they leave out', () => {
    expect(shown(promptBlocks(prompt(items, { person })))).toContain('… and 45 more.');
    expect(shown(answersBlocks(prompt(answered, { person }), true))).toContain('… and 45 more.');
  });

  it('the modal asks the first ten and says that more follow, to be answered or to be changed', () => {
    for (const each of [items, half, answered])
      expect(modalProblems(checkInModal(prompt(each, { person })))).toEqual([]);
    expect(JSON.stringify(checkInModal(prompt(items, { person })))).toContain('50 more will be asked');
    expect(JSON.stringify(checkInModal(prompt(answered, { person })))).toContain('50 more can be changed');
  });
});
