import type { Temporal } from 'temporal-polyfill';
import { actions, button, type Content, section, sections } from '../../platform/slack/elements.ts';
import { inline, personMention, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { press } from './actions.ts';
import type { Decision } from './core/decision.ts';
import { dueWords } from './words.ts';

/** So much of what people wrote stands in a message; `Look` has all of it. */
const longestExcerpt = 800;
const excerpt = (words: string) => shortenedMrkdwn(words, longestExcerpt);
const withoutBold = (text: string) => text.replaceAll('*', '');
const look = ({ id }: Decision) => button('Look', `${press.look}/${id}`, String(id));
const decide = ({ id }: Decision) => button('Decide', `${press.decide}/${id}`, String(id));

/** To somebody who has a part in a decision that was just written down. */
export function askedBlocks(
  decision: Decision,
  part: 'driver' | 'approver' | 'contributor',
  today: Temporal.PlainDate,
): Content {
  const { question, createdBy, driver, number } = decision;
  const by = personMention(createdBy);
  const due = dueWords(decision, today);
  const tail = due === null ? '' : `, ${due}`;
  const parts = {
    approver: `${by} asks for your decision${tail}: you approve it.`,
    driver: `${by} wrote down a decision and asks you to see to it that it is made${tail}.`,
    contributor: `${by} would like to hear what you think${tail}.${driver.id === createdBy.id ? '' : ` ${personMention(driver)} drives it.`}`,
  };
  const text = `${parts[part]}\n*${number}. ${inline(question)}*`;
  const buttons = part === 'contributor' ? [look(decision)] : [decide(decision), look(decision)];
  return { text: withoutBold(text), blocks: [section(text), actions(...buttons)] };
}

/** To its driver, before and after an open decision is due. */
export function reminderBlocks(decision: Decision, when: 'before' | 'after', due: string): Content {
  const named = `*${decision.number}. ${inline(decision.question)}*`;
  const text =
    when === 'before'
      ? `A decision that you drive is due ${due}: ${named}. ${personMention(decision.approver)} approves it.`
      : `A decision that you drive was due ${due} and is still open: ${named}. If it takes longer, another date helps everybody.`;
  const change = button('Another date', `${press.change}/${decision.id}`, String(decision.id));
  return { text: withoutBold(text), blocks: [section(text), actions(decide(decision), change)] };
}

/** To everybody who has a part in a decision that was just made. */
export function madeBlocks(decision: Decision): Content {
  const { number, question, outcome, why, approver, supersedes } = decision;
  const instead =
    supersedes.length === 0 ? '' : ` It takes the place of decision ${supersedes.join(' and ')}.`;
  const lines = [
    `Decision ${number} is made, approved by ${personMention(approver)}: *${excerpt(inline(question))}*${instead}`,
    ...excerpt(quoted(outcome ?? '')).split('\n'),
    `Why: ${excerpt(inline(why ?? ''))}`,
  ];
  return { text: withoutBold(lines.join('\n')), blocks: [...sections(lines), actions(look(decision))] };
}

/** To its driver, on the day for another look. */
export function lookAgainBlocks(decision: Decision): Content {
  const { id, number, question, outcome } = decision;
  const lines = [
    `Decision ${number} is due for another look: *${excerpt(inline(question))}*`,
    ...excerpt(quoted(outcome ?? '')).split('\n'),
  ];
  return {
    text: withoutBold(lines.join('\n')),
    blocks: [
      ...sections(lines),
      actions(
        button('It still holds', `${press.keep}/${id}`, String(id)),
        button('Decide anew', `${press.supersede}/${id}`, String(id)),
      ),
    ],
  };
}
