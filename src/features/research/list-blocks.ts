import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import {
  actions,
  button,
  type Content,
  context,
  header,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { inline, link, personMention, shortened, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Standing } from './core/account.ts';
import { daysLeft } from './core/cool-down.ts';
import type { AccountPage, Listed, Own } from './core/lists.ts';
import { counted, dayMonth } from './core/words.ts';
import { plainWords, type Reader, standingWords } from './standing-words.ts';

export const accountsPageAction = 'research:accounts';

/** As long as a line can be where five of each, or twenty accounts, stand in one message. */
const most = { wait: 700, talk: 1_000, account: 440 };

const begin =
  '`/research log` keeps a conversation. `/research ask Acme` says whether an account should be left in peace. `/research find pricing` looks through all notes.';

/** `/research`: what one waits for, one's last conversations, and how to begin. */
export function mineBlocks(
  { waits, talks, today }: { waits: Standing[]; talks: Own[]; today: Temporal.PlainDate },
  reader: Reader,
): Content {
  if (waits.length + talks.length === 0) {
    const words = `You wait for no account, and have written down no conversation yet. ${begin}`;
    return { text: words, blocks: [section(words)] };
  }
  const parts: [string, string[]][] = [
    [
      'What you wait for',
      waits.map((standing) => shortenedMrkdwn(`• ${standingWords(standing, reader)}`, most.wait)),
    ],
    ['Your last conversations', talks.map((talk) => shortenedMrkdwn(talkLine(talk, today), most.talk))],
  ];
  const shown = parts.filter(([, lines]) => lines.length > 0);
  const blocks: KnownBlock[] = shown.flatMap(([title, lines]) => [section(`*${title}*`), ...sections(lines)]);
  const text = plainWords([...shown.flatMap(([title, lines]) => [title, ...lines]), begin]);
  return { text, blocks: [...blocks, context(begin)] };
}

function talkLine({ account, on, topic, contact, recordingUrl }: Own, today: Temporal.PlainDate): string {
  return [
    `• *${inline(account)}*`,
    dayMonth(on, today),
    ...(contact === null ? [] : [`with ${inline(contact)}`]),
    inline(shortened(topic, 120)),
    ...(recordingUrl === null ? [] : [link(recordingUrl, 'Recording')]),
  ].join(' · ');
}

/** `/research accounts`: all accounts by name, with whether each can be asked. */
export function accountsBlocks({ listed, pageNumber, pages, total, today }: AccountPage): Content {
  if (total === 0) {
    const words =
      'There is no account yet. `/research log` adds one with the first conversation, and `/research ask Acme` by its name.';
    return { text: words, blocks: [section(words)] };
  }
  const lines = listed.map((row) => shortenedMrkdwn(accountLine(row, today), most.account));
  const notes = [
    counted(total, 'account'),
    ...(pages > 1 ? [`Page ${pageNumber + 1} of ${pages}`] : []),
  ].join(' · ');
  const buttons = [
    ...(pageNumber > 0 ? [button('Back', `${accountsPageAction}/back`, String(pageNumber - 1))] : []),
    ...(pageNumber + 1 < pages ? [button('More', `${accountsPageAction}/more`, String(pageNumber + 1))] : []),
  ];
  const blocks: KnownBlock[] = [header('Accounts'), context(notes), ...sections(lines)];
  if (buttons.length > 0) blocks.push(actions(...buttons));
  return { text: plainWords(['Accounts', notes, ...lines]), blocks };
}

function accountLine({ account, last, waiting, next }: Listed, today: Temporal.PlainDate): string {
  const left = daysLeft(last?.on ?? null, account.coolDown, today);
  const state =
    next !== null
      ? `turn of ${personMention(next)}`
      : left > 0
        ? `rests ${counted(left, 'more day')}`
        : 'can be asked';
  return [
    `• *${inline(account.name)}* \`${account.key}\``,
    state,
    ...(last === null ? [] : [`last ${dayMonth(last.on, today)} by ${personMention(last.by)}`]),
    ...(waiting === 0 ? [] : [`${waiting} ${waiting === 1 ? 'waits' : 'wait'}`]),
  ].join(' · ');
}
