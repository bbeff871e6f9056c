import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { ago } from '../../../platform/core/time-words.ts';
import { actions, button, type Content, context, header, section } from '../../../platform/slack/elements.ts';
import { inline, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import { laterMenu } from '../../check-ins/leaving/blocks.ts';
import { type Asked, type AuditTally, pageLength, type Standing } from './core/audit.ts';

export const confirmActions = {
  all: 'rock:all-mine',
  show: 'rock:show-mine',
  one: 'rock:still-mine',
  leave: 'rock:leave',
  later: 'audit:later',
};

const rocks = (count: number): string => (count === 1 ? '1 rock' : `${count} rocks`);
const are = (count: number): string => (count === 1 ? 'is' : 'are');
const unaskedWords = ({ unasked, left }: AuditTally): string =>
  left === 0
    ? `${rocks(unasked)} ${are(unasked)} with somebody who is not in Slack`
    : `${rocks(unasked)} ${are(unasked)} unasked: with somebody who ${left === unasked ? '' : 'is not in Slack or '}has left this ritual`;

/** What the channel's message says of an audit besides its counts; `late`: why it comes late, in words. */
type AuditWords = { day: string; late: string | null; isOver: boolean };

/** The message in the channel, edited in place: counts, and no names. */
export function auditBlocks(tally: AuditTally, { day, late, isOver }: AuditWords): Content {
  const { owned, confirmed, away, unasked, unowned } = tally;
  const lines = [
    ...(late === null ? [] : [late]),
    `${confirmed} of ${owned} confirmed.`,
    ...(away === 0 ? [] : [`${rocks(away)} ${are(away)} with somebody who is away.`]),
    ...(unasked === 0 ? [] : [`${unaskedWords(tally)}.`]),
    ...(unowned === 0 ? [] : [`${rocks(unowned)} ${are(unowned)} owned by nobody.`]),
    isOver ? 'This audit is closed.' : 'Owners are asked in private.',
  ];
  const title = `Ownership audit, ${day}`;
  return { text: `${title}: ${lines.join(' ')}`, blocks: [header(title), section(lines.join('\n'))] };
}

/** To each owner, until nothing is left: is it all still theirs? */
export function auditPromptBlocks(occurrenceId: number, { owned, left }: Standing): Content {
  const done = owned - left;
  const question =
    left === 1
      ? `${done === 0 ? 'One rock of yours' : 'One more'}: is it still yours?`
      : `${done === 0 ? `${left} rocks of yours` : `${left} more`}: are they all still yours?`;
  const words = done === 0 ? question : `${done} of your ${rocks(owned)} ${are(done)} confirmed. ${question}`;
  return {
    text: words,
    blocks: [
      section(words),
      askButtons(occurrenceId, left),
      { type: 'actions', elements: [laterMenu(occurrenceId, confirmActions.later)] },
      context(
        `You are asked because you own ${left === 1 ? 'it' : 'them'}. Once a quarter owners say what is theirs, so that whoever asks reaches the right person.`,
      ),
    ],
  };
}

/** In its thread, the next working day. */
export function auditNudgeBlocks(occurrenceId: number, count: number): Content {
  const words = `A gentle reminder: ${count === 1 ? 'is your rock' : 'are your rocks'} still yours?`;
  return {
    text: words,
    blocks: [section(words), askButtons(occurrenceId, count), context('One press is enough.')],
  };
}

function askButtons(occurrenceId: number, count: number): KnownBlock {
  return actions(
    button(
      count === 1 ? 'Still mine' : 'All still mine',
      confirmActions.all,
      String(occurrenceId),
      'primary',
    ),
    button('Show me', confirmActions.show, pageValue(occurrenceId, 0)),
  );
}

/** What a person's message says once nothing is left of what it asked. */
export function thanksBlocks(owned: number): Content {
  const what = owned === 1 ? 'your rock is confirmed' : `all ${owned} rocks of yours are confirmed`;
  const words = `Thank you, ${owned === 0 ? 'nothing is left to confirm' : what}.`;
  return { text: words, blocks: [section(words)] };
}

/** The answer to whoever confirms; `isOver`: what asked them is closed. */
export function confirmedBlocks(confirmed: number, total: number, isOver = false): Content {
  const before = total === 1 ? 'That rock of yours was' : `All ${total} rocks of yours were`;
  const words =
    confirmed === 0
      ? `${before} confirmed a moment ago. Thank you.`
      : `Confirmed: ${rocks(confirmed)}. Thank you.`;
  const said = isOver ? `That audit is over, and your yes counts all the same. ${words}` : words;
  return {
    text: said,
    blocks: [section(said), actions(button('Show me', confirmActions.show, pageValue(null, 0)))],
  };
}

/** At the end, in the thread. Nobody is named. */
export function auditSummaryBlocks(tally: AuditTally): Content {
  const { owned, confirmed, away, unasked, unowned, lookAgain } = tally;
  const left = owned - confirmed;
  const lines = [
    `This audit is closed. ${confirmed} of ${owned} confirmed${left === 0 ? '' : `, ${left} not`}.`,
    away > 0 ? `${rocks(away)} ${are(away)} with somebody who is away.` : null,
    unasked > 0 ? `${unaskedWords(tally)}, so nobody was asked.` : null,
    unowned > 0 ? `${rocks(unowned)} ${are(unowned)} owned by nobody: \`/owner unowned\`.` : null,
    lookAgain > 0
      ? `${rocks(lookAgain)} set down until now ${lookAgain === 1 ? 'waits' : 'wait'} for another look.`
      : null,
    left + away > 0 ? 'A yes still counts: `/rock confirm`.' : null,
  ].filter((line) => line !== null);
  return { text: lines.join(' '), blocks: [section(lines.join('\n'))] };
}

/** Where in a list a button leads: the audit that asks (null: all that somebody owns), and how many stand before. */
function pageValue(occurrenceId: number | null, offset: number): string {
  return `${occurrenceId ?? 0}:${offset}`;
}

/** A page of what somebody owns, or of what an audit asks them. */
export type AskedPage = {
  rocks: readonly Asked[];
  total: number;
  offset: number;
  occurrenceId: number | null;
};

/** What somebody owns, a page of it, each with its own buttons. */
export function askedBlocks(
  { rocks: some, total, offset, occurrenceId }: AskedPage,
  now: Temporal.Instant,
  zone: string,
): Content {
  if (total === 0) {
    const words = 'Nothing here is yours any more, so nothing is asked of you.';
    return { text: words, blocks: [section(words)] };
  }
  const blocks: KnownBlock[] = [];
  const lines: string[] = [];
  for (const rock of some) {
    const fresh =
      rock.confirmedAt === null ? 'not confirmed yet' : `confirmed ${ago(rock.confirmedAt, now, zone)}`;
    const line = shortenedMrkdwn(`*${inline(rock.name)}* · ${fresh}`, 300);
    lines.push(line.replaceAll('*', ''));
    blocks.push(
      section(line),
      actions(
        button(
          'Still mine',
          `${confirmActions.one}/${rock.id}`,
          `${rock.id}:${pageValue(occurrenceId, offset)}`,
        ),
        button('Not mine any more', `${confirmActions.leave}/${rock.id}`, String(rock.id)),
      ),
    );
  }
  const pages: KnownBlock[] = [];
  const to = (label: string, at: number) =>
    button(label, `${confirmActions.show}/${at}`, pageValue(occurrenceId, at));
  const back = offset > 0 ? [to('Back', Math.max(0, offset - pageLength))] : [];
  const more = offset + some.length < total ? [to('More', offset + pageLength)] : [];
  if (back.length + more.length > 0) {
    pages.push(context(`${offset + 1} to ${offset + some.length} of ${total}`), actions(...back, ...more));
  }
  return { text: lines.join('\n'), blocks: [...blocks, ...pages] };
}
