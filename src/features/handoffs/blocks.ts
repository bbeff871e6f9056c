import type { ActionsBlock, Button, KnownBlock, ModalView } from '@slack/types';
import { Temporal } from 'temporal-polyfill';
import { dateWords, dayWords, lasted } from '../../platform/core/time-words.ts';
import { actions, button, type Content, context, section, sections } from '../../platform/slack/elements.ts';
import { personField, textField } from '../../platform/slack/fields.ts';
import {
  channelMention,
  inline,
  link,
  personMention,
  quoted,
  shortened,
  shortenedMrkdwn,
} from '../../platform/slack/mrkdwn.ts';
import type { Handoff, Waiting } from './core/handoff.ts';

export const offerModalId = 'handoff:offer';
export const briefModalId = 'handoff:brief';
export const declineModalId = 'handoff:decline-reason';
/** `Withdraw` in the list of `/handoff`, where the answer is the list as it is then. */
export const withdrawInListAction = 'handoff:withdraw/list';

const longestWords = 2_000;
/** As long as each line of a list can be in one message. */
const longestLine = 450;

/** Where the sender writes the brief. Without a receiver the modal asks for one. */
export function offerModal(
  rock: { id: number; name: string },
  to: { id: number; slackId: string | null; name: string } | null,
): ModalView {
  const intro =
    to === null
      ? `*${inline(rock.name)}* goes on to:`
      : `*${inline(rock.name)}* goes on to ${personMention(to)}.`;
  const words = (blockId: string, label: string, hint: string, isOptional = false) =>
    textField({ blockId, label, hint, limit: longestWords, isLong: true, isOptional });
  return {
    type: 'modal',
    callback_id: offerModalId,
    private_metadata: JSON.stringify({ rock: rock.id, to: to?.id ?? null }),
    title: plainText('Hand over'),
    submit: plainText('Offer it'),
    close: plainText('Cancel'),
    blocks: [
      section(`${intro}\nIt stays yours until they accept. Write what they need to know to carry it well.`),
      ...(to === null ? [personField({ blockId: 'to', label: 'To' })] : []),
      words('why', 'Why it matters', 'What would be lost if nobody carried it?'),
      words('stands', 'Where it stands', 'What runs, what is open, who counts on it?'),
      words('next', 'What I would do next', 'The next step, in your eyes.', true),
      words('hurt', 'What could hurt', 'Risks, promises made, dates that press.', true),
    ],
  };
}

/** The receiver's direct message. */
export function offerBlocks(handoff: Handoff): Content {
  const text = `${personMention(handoff.from)} would like to hand *${inline(handoff.rock.name)}* over to you.`;
  return {
    text: text.replaceAll('*', ''),
    blocks: [
      section(
        `${text}\nThe brief says why it matters, where it stands and what comes next. Read it, then decide.`,
      ),
      offerActions(handoff.id),
    ],
  };
}

/** What the receiver can do with an offer. `Accept` is in the brief, so that nobody accepts unread. */
export function offerActions(handoffId: number): ActionsBlock {
  const id = String(handoffId);
  return actions(
    button('Read the brief', 'handoff:read', id, 'primary'),
    button('Decline', 'handoff:decline', id),
  );
}

export function withdrawButton(handoffId: number): Button {
  return button('Withdraw', 'handoff:withdraw', String(handoffId));
}

/** Begins to hand a rock over: opens the modal for the brief. */
export function handOffButton(rockId: number): Button {
  return button('Hand off', 'handoff:start', String(rockId));
}

/** The sender's note that an offer is out. */
export function offeredBlocks(handoff: Handoff): Content {
  const text = `You offered *${inline(handoff.rock.name)}* to ${personMention(handoff.to)}. It stays yours until they accept.`;
  return {
    text: text.replaceAll('*', ''),
    blocks: [section(text), actions(withdrawButton(handoff.id))],
  };
}

/** The brief: the sender's own words and the facts. Only who it was offered to gets `Accept`, and only while it is. */
export function briefModal(handoff: Handoff, mayAccept: boolean): ModalView {
  const { words } = handoff;
  const parts: [string, string | null][] = [
    ['Why it matters', words.whyItMatters],
    ['Where it stands', words.whereItStands],
    ['What I would do next', words.nextStep],
    ['What could hurt', words.whatCouldHurt],
  ];
  const blocks: KnownBlock[] = [
    section(
      `*${inline(handoff.rock.name)}*, from ${personMention(handoff.from)} to ${personMention(handoff.to)}`,
    ),
    ...parts.flatMap(([title, said]) =>
      said === null ? [] : sections([`*${inline(title)}*`, ...quoted(said).split('\n')]),
    ),
    ...sections(factLines(handoff)),
  ];
  const view: ModalView = {
    type: 'modal',
    callback_id: briefModalId,
    private_metadata: JSON.stringify({ handoff: handoff.id }),
    title: plainText('The brief'),
    close: plainText(mayAccept ? 'Later' : 'Close'),
    blocks,
  };
  return mayAccept ? { ...view, submit: plainText('Accept') } : view;
}

export function declineModal(handoff: Handoff): ModalView {
  return {
    type: 'modal',
    callback_id: declineModalId,
    private_metadata: JSON.stringify({ handoff: handoff.id }),
    title: plainText('Decline'),
    submit: plainText('Decline'),
    close: plainText('Back'),
    blocks: [
      section(
        `*${inline(handoff.rock.name)}* stays with ${personMention(handoff.from)}. Your reason is seen by the two of you alone.`,
      ),
      textField({ blockId: 'reason', label: 'Why not now?', limit: 1_000, isLong: true, isOptional: true }),
    ],
  };
}

/** Carried for less than this, how long is not worth saying: often the register itself is that young. */
const shortCarryDays = 30;

/** For the home channel: thanks, and who has it now. */
export function thanksBlocks(handoff: Handoff, at: Temporal.Instant): Content {
  const from = personMention(handoff.from);
  const to = personMention(handoff.to);
  const rock = `*${inline(handoff.rock.name)}*`;
  const zone = handoff.from.timezone;
  const since = Temporal.PlainDate.from(handoff.facts.carriedSince);
  const days = since.until(at.toZonedDateTimeISO(zone).toPlainDate(), { largestUnit: 'days' }).days;
  return said(
    days < shortCarryDays
      ? `${from} has handed ${rock} over to ${to}. Thank you, ${from}.`
      : `${from} carried ${rock} for ${lasted(since.toZonedDateTime(zone).toInstant(), at, zone)}. ${to} has it now. Thank you, ${from}.`,
  );
}

/** To the sender, after it was accepted. */
export function acceptedBlocks(handoff: Handoff): Content {
  return said(
    `${personMention(handoff.to)} accepted *${inline(handoff.rock.name)}* and carries it from now on.`,
  );
}

/** To the sender, after it was declined; between the two. */
export function declinedBlocks(handoff: Handoff, reason: string | null): Content {
  const text = `${personMention(handoff.to)} cannot take *${inline(handoff.rock.name)}* now. It stays with you.`;
  return said(reason === null ? text : `${text}\n${quoted(reason)}`);
}

/** What the receiver's and the sender's first messages read once the handoff is over, each in its reader's zone. */
export function endedBlocks(
  handoff: Handoff,
  state: 'accepted' | 'declined' | 'withdrawn',
  at: Temporal.Instant,
): { forReceiver: Content; forSender: Content } {
  const rock = `*${inline(handoff.rock.name)}*`;
  const from = personMention(handoff.from);
  const to = personMention(handoff.to);
  const forReceiverOn = `on ${dayWords(at, handoff.to.timezone)}`;
  const forSenderOn = `on ${dayWords(at, handoff.from.timezone)}`;
  const words = {
    accepted: [
      `You took ${rock} over from ${from} ${forReceiverOn}. It is yours now.`,
      `You offered ${rock} to ${to}: accepted ${forSenderOn}.`,
    ],
    declined: [
      `You declined ${rock} ${forReceiverOn}. It stays with ${from}.`,
      `You offered ${rock} to ${to}: declined ${forSenderOn}.`,
    ],
    withdrawn: [
      `${from} withdrew the offer of ${rock}. Nothing is asked of you.`,
      `You withdrew the offer of ${rock} to ${to}.`,
    ],
  } as const;
  const [forReceiver, forSender] = words[state];
  return { forReceiver: said(forReceiver), forSender: said(forSender) };
}

/** The same for an offer whose rock has another owner by now. */
export function lapsedBlocks(handoff: Handoff): { forReceiver: Content; forSender: Content } {
  const moved = `*${inline(handoff.rock.name)}* has another owner by now`;
  return {
    forReceiver: said(
      `${moved}, so the offer of ${personMention(handoff.from)} is over. Nothing is asked of you.`,
    ),
    forSender: said(`${moved}, so your offer to ${personMention(handoff.to)} is over.`),
  };
}

/** `/handoff` alone: what waits for me, and what I wait for. */
export function waitingBlocks({ handoffs, total }: Waiting, readerId: number): Content {
  if (handoffs.length === 0) return said('No handoff waits for you or for others.');
  const lines: string[] = [];
  const blocks: KnownBlock[] = [];
  for (const handoff of handoffs) {
    const isMine = handoff.to.id === readerId;
    const line = waitingLine(handoff, isMine);
    const id = String(handoff.id);
    lines.push(line.replaceAll('*', ''));
    blocks.push(
      section(
        line,
        isMine ? button('Read the brief', 'handoff:read', id) : button('Withdraw', withdrawInListAction, id),
      ),
    );
  }
  if (total > handoffs.length) {
    const more = `… and ${total - handoffs.length} more.`;
    lines.push(more);
    blocks.push(context(more));
  }
  return { text: lines.join('\n'), blocks };
}

/** One that waits, as its receiver (`isMine`) or its sender reads it. */
export function waitingLine({ rock, from, to, offeredAt }: Handoff, isMine: boolean): string {
  const who = isMine ? ` from ${personMention(from)} waits for you` : ` waits for ${personMention(to)}`;
  const since = dayWords(offeredAt, isMine ? to.timezone : from.timezone);
  return shortenedMrkdwn(`*${inline(rock.name)}*${who} since ${since}.`, longestLine);
}

function factLines({ facts, from }: Handoff): string[] {
  const lines = [
    '*The facts*',
    `Carried by ${personMention(from)} since ${dateWords(Temporal.PlainDate.from(facts.carriedSince))}`,
    facts.summary === null ? null : inline(facts.summary),
    facts.team === null ? null : `Team ${inline(facts.team)}`,
    facts.channel === null ? null : `Channel ${channelMention(facts.channel)}`,
    facts.backups.length === 0 ? null : `Backup ${facts.backups.map(personMention).join(', ')}`,
    ...facts.links.map(({ url, label }) => link(url, label)),
  ];
  return lines.filter((line) => line !== null);
}

function said(mrkdwn: string): Content {
  return { text: shortenedMrkdwn(mrkdwn.replaceAll('*', ''), 3_000), blocks: [section(mrkdwn)] };
}

function plainText(text: string) {
  return { type: 'plain_text', text: shortened(text, 24), emoji: false } as const;
}
