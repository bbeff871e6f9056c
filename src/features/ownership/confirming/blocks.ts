import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { ago } from '../../../platform/core/time-words.ts';
import { actions, button, type Content, context, section } from '../../../platform/slack/elements.ts';
import { inline, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import { type Asked, type AuditTally, pageLength } from './core/audit.ts';

export const confirmActions = {
  all: 'rock:all-mine',
  show: 'rock:show-mine',
  one: 'rock:still-mine',
  leave: 'rock:leave',
};

const rocks = (count: number): string => (count === 1 ? '1 rock' : `${count} rocks`);

/** The message in the channel, edited in place: counts, and no names. */
export function auditBlocks({ owned, confirmed }: AuditTally, isOpen: boolean): Content {
  const words = `*Ownership audit*\n${confirmed} of ${owned} rocks confirmed by their owners${isOpen ? ' so far.' : '. It is closed.'}`;
  return {
    text: words.replaceAll('*', '').replace('\n', ': '),
    blocks: [
      section(words),
      context('Owners are asked in private. `/owner stale` lists what nobody confirmed for 90 days.'),
    ],
  };
}

/** To each owner: is it all still theirs? */
export function auditPromptBlocks(count: number): Content {
  const words =
    count === 1
      ? 'You carry 1 rock. Is it still yours?'
      : `You carry ${rocks(count)}. Are they all still yours?`;
  return {
    text: words,
    blocks: [
      section(words),
      actions(
        button(count === 1 ? 'Still mine' : 'All still mine', confirmActions.all, 'all', 'primary'),
        button('Show me', confirmActions.show, '0'),
      ),
      context(
        'Why this? Once a quarter owners say what is theirs, so that whoever asks reaches the right person.',
      ),
    ],
  };
}

/** In its thread, the next working day. */
export function auditNudgeBlocks(count: number): Content {
  const words = `Could you have a look at your ${rocks(count)}? One press is enough.`;
  return {
    text: words,
    blocks: [
      section(words),
      actions(
        button('All still mine', confirmActions.all, 'all'),
        button('Show me', confirmActions.show, '0'),
      ),
    ],
  };
}

/** Once all is confirmed; also the answer to the press. */
export function confirmedBlocks(confirmed: number, total: number): Content {
  const words =
    confirmed === 0
      ? `All ${rocks(total)} of yours were confirmed a moment ago. Thank you.`
      : `Confirmed: ${rocks(confirmed)}. Thank you.`;
  return { text: words, blocks: [section(words), actions(button('Show me', confirmActions.show, '0'))] };
}

/** At the end, in the thread. Nobody is named. */
export function auditSummaryBlocks({ owned, confirmed, unowned, lookAgain }: AuditTally): Content {
  const lines = [
    `${confirmed} of ${owned} rocks were confirmed.`,
    owned > confirmed ? `${owned - confirmed} have not been heard of: \`/owner stale\`.` : null,
    unowned > 0 ? `${unowned} are owned by nobody: \`/owner unowned\`.` : null,
    lookAgain > 0 ? `${lookAgain} were set down until now, and wait for another look.` : null,
  ].filter((line) => line !== null);
  return { text: lines.join(' '), blocks: [section(lines.join('\n'))] };
}

/** What somebody owns, a page of it, each with its own buttons. */
export function askedBlocks(
  { rocks: some, total, offset }: { rocks: readonly Asked[]; total: number; offset: number },
  now: Temporal.Instant,
  zone: string,
): Content {
  if (total === 0) {
    const words = 'You carry no rock of your own.';
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
        button('Still mine', `${confirmActions.one}/${rock.id}`, `${rock.id}:${offset}`),
        button('Not mine any more', `${confirmActions.leave}/${rock.id}`, String(rock.id)),
      ),
    );
  }
  const pages: KnownBlock[] = [];
  const to = (label: string, at: number) => button(label, `${confirmActions.show}/${at}`, String(at));
  const back = offset > 0 ? [to('Back', Math.max(0, offset - pageLength))] : [];
  const more = offset + some.length < total ? [to('More', offset + pageLength)] : [];
  if (back.length + more.length > 0) {
    pages.push(context(`${offset + 1} to ${offset + some.length} of ${total}`), actions(...back, ...more));
  }
  return { text: lines.join('\n'), blocks: [...blocks, ...pages] };
}
