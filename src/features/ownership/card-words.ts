import type { Temporal } from 'temporal-polyfill';
import { ago, clockTime, dayWords, shortDateWords } from '../../platform/core/time-words.ts';
import { channelMention, inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { RockCard } from './core/rock.ts';
import { whomToAsk } from './core/whom-to-ask.ts';

/** How a rock stands and who answers for it, a line each; `*` marks what a line is about. */
export function standingWords(card: RockCard): string[] {
  if (card.state === 'retired') return [retiredWords(card)];
  if (card.state === 'set-down') return [setDownWords(card)];
  const isOwnerThere = card.owner !== null && !card.owner.isDeactivated && card.owner.away === null;
  const carried = [ownerWords(card), loanWords(card)];
  return [...(isOwnerThere ? carried : carried.toReversed()).flat(), ...pastWords(card)];
}

/** Backups, team, channel and who contributes: what there is of them. */
export function factWords(card: RockCard): string[] {
  const facts = [
    card.state === 'active' ? backupWords(card) : null,
    card.team === null ? null : `*Team* ${inline(card.team)}`,
    card.channel === null ? null : `*Channel* ${channelMention(card.channel)}`,
    ...contributorWords(card),
  ];
  return facts.filter((fact) => fact !== null);
}

/** "12 days ago", or that the owner has not said yes to it: how far an answer can be trusted. */
export function freshWords(
  stint: { since: Temporal.Instant; confirmedAt: Temporal.Instant | null },
  now: Temporal.Instant,
  zone: string,
): string {
  return stint.confirmedAt === null
    ? `unconfirmed since ${dayWords(stint.since, zone)}`
    : `confirmed ${ago(stint.confirmedAt, now, zone)}`;
}

function ownerWords(card: RockCard): string[] {
  const { owner, now } = card;
  if (owner === null) return ['Nobody owns this yet.'];
  const zone = owner.timezone;
  const fresh = freshWords(owner, now, card.timezone);
  const title = `*${owner.isActing ? 'Acting owner' : 'Owner'}* ${personMention(owner)}`;
  const gone = owner.isDeactivated
    ? 'has left Slack'
    : owner.away && `is away until ${dateIn(owner.away.until, now, zone)}`;
  // Who stands in was asked for nothing yet, so there is nothing to confirm.
  const how =
    owner.isActing && owner.confirmedAt === null ? `since ${dayWords(owner.since, card.timezone)}` : fresh;
  if (gone === null) return [`${title} · ${clockTime(now, zone)} their time · ${how}`];
  const ask = whomToAsk(card);
  if (ask?.as === 'backup') {
    return [`*Backup* ${personMention(ask.person)} stands in`, `${title} ${gone} · ${fresh}`];
  }
  return [`${title} ${gone}${ask?.as === 'carrier' ? '' : ', and nobody stands in yet'} · ${fresh}`];
}

function loanWords({ loan, now }: RockCard): string[] {
  if (loan === null) return [];
  const zone = loan.to.timezone;
  const until = dateIn(loan.until, now, zone);
  return [
    `*On loan* to ${personMention(loan.to)} until ${until} · ${clockTime(now, zone)} their time · ask them first`,
  ];
}

function pastWords({ past, now, timezone }: RockCard): string[] {
  if (past === null) return [];
  const until = dateIn(past.until.toZonedDateTimeISO(timezone).toPlainDate(), now, timezone);
  return [`Ask ${personMention(past.askPerson)} about the past until ${until}.`];
}

function setDownWords({ setDown, now, timezone }: RockCard): string {
  if (setDown === null) return 'Set down.';
  const by = setDown.by === null ? '' : ` by ${personMention(setDown.by)}`;
  const again =
    setDown.lookAgainOn && ` · to be looked at again on ${dateIn(setDown.lookAgainOn, now, timezone)}`;
  return `*Set down*${by} on ${dayWords(setDown.at, timezone)}${reasonWords(setDown.reason)}${again ?? ''}`;
}

function retiredWords({ retired, timezone }: RockCard): string {
  if (retired === null) return 'Retired.';
  const into = retired.successor === null ? '' : ` · it went into *${inline(retired.successor.name)}*`;
  return `*Retired* on ${dayWords(retired.at, timezone)}${reasonWords(retired.reason)}${into}`;
}

function reasonWords(reason: string | null): string {
  return reason === null ? '' : `: ${shortenedMrkdwn(inline(reason), 300)}`;
}

function backupWords(card: RockCard): string | null {
  const standsIn = whomToAsk(card);
  const others = card.backups.filter(
    ({ id, isDeactivated }) =>
      !isDeactivated && id !== card.owner?.id && !(standsIn?.as === 'backup' && standsIn.person.id === id),
  );
  if (others.length === 0) return null;
  const names = others.map((backup) =>
    backup.away === null
      ? personMention(backup)
      : `${personMention(backup)} (away until ${dateIn(backup.away.until, card.now, card.timezone)})`,
  );
  return `*Backup* ${names.join(', ')}`;
}

function contributorWords({ contributors }: RockCard): string[] {
  const present = contributors.filter(({ isDeactivated }) => !isDeactivated);
  return [...Map.groupBy(present, ({ discipline }) => discipline)].map(
    ([discipline, people]) => `*${disciplineWords(discipline)}* ${people.map(personMention).join(', ')}`,
  );
}

/** A word of the register as people read it: "Product marketing", "Technical PM", "Very important". */
export function disciplineWords(discipline: string): string {
  const words = discipline.replaceAll('-', ' ').replace(/\bpm\b/, 'PM');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function dateIn(date: Temporal.PlainDate, now: Temporal.Instant, zone: string): string {
  return shortDateWords(date, now.toZonedDateTimeISO(zone).toPlainDate());
}
