import type { KnownBlock } from '@slack/types';
import { ago, clockTime, dayWords } from '../../platform/core/time-words.ts';
import {
  actions,
  button,
  type Content,
  context,
  fitted,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import {
  channelMention,
  inline,
  link,
  personMention,
  shortened,
  shortenedMrkdwn,
} from '../../platform/slack/mrkdwn.ts';
import type { Answer, ListSubject, PersonRef, RockCard, RockLine, StintStory } from './core/rock.ts';

/** The answer to a question, for the asker alone. `asker` decides which buttons make sense. */
export function answerBlocks(answer: Answer, asker: { id: number }): Content {
  switch (answer.kind) {
    case 'card': {
      const card = cardBlocks(answer.card, asker);
      if (answer.insteadOf === null) return card;
      const note = `Closest to “${inline(shortened(answer.insteadOf, 80))}”.`;
      return { text: `${note} ${card.text}`, blocks: [context(note), ...card.blocks] };
    }
    case 'choice':
      return choiceBlocks(answer.typed, answer.rocks);
    case 'list':
      return listBlocks(answer.about, answer.rocks, answer.total);
    case 'nothing': {
      const typed = inline(shortened(answer.typed, 80));
      const text = `I don't know “${typed}” yet. I have noted the question, so that somebody can give it an owner or a name I know. \`/owner unowned\` lists what nobody carries.`;
      return { text, blocks: [section(text)] };
    }
  }
}

/** A rock, its owner and how to reach them. Without `asker` it is the shared form, which has no buttons. */
export function cardBlocks(card: RockCard, asker?: { id: number }): Content {
  const summary = card.summary === null ? '' : `\n${shortenedMrkdwn(inline(card.summary), 1_500)}`;
  const title = `*${inline(card.name)}*${summary}`;
  const facts = [
    backupWords(card.backups),
    card.team === null ? null : `*Team* ${inline(card.team)}`,
    channelWords(card),
  ].filter((fact) => fact !== null);
  const blocks: KnownBlock[] = [section(`${title}\n${ownerWords(card)}`)];
  if (facts.length > 0) blocks.push(section(shortenedMrkdwn(facts.join('   '), 2_000)));
  if (card.links.length > 0) blocks.push(context(...card.links.map(({ url, label }) => link(url, label))));
  if (asker !== undefined) blocks.push(cardButtons(card, asker));
  const text = [
    `${inline(card.name)}: ${ownerWords(card).replaceAll('*', '')}`,
    ...facts.map((fact) => fact.replaceAll('*', '')),
    ...(card.summary === null ? [] : [shortenedMrkdwn(inline(card.summary), 500)]),
    ...card.links.map(({ url, label }) => link(url, label)),
  ];
  return { text: text.join(' · '), blocks };
}

/** Who carried the rock, as a story, latest first. */
export function historyBlocks(card: RockCard, stints: StintStory[], zone: string): Content {
  const stories = fitted(
    stints.map((stint) => historyLine(stint, zone)),
    stints.length,
  );
  const lines = [
    `*${inline(card.name)}*`,
    ...(stories.length > 0 ? stories : ['Nobody has carried this yet.']),
  ];
  return { text: lines.join('\n').replaceAll('*', ''), blocks: sections(lines) };
}

function cardButtons(card: RockCard, asker: { id: number }): KnownBlock {
  const id = String(card.id);
  const move =
    card.owner === null
      ? [button('Take it', 'owner:take', id, 'primary')]
      : card.owner.id === asker.id
        ? [button('Hand off', 'handoff:start', id)]
        : [];
  return actions(button('Share', 'owner:share', id), ...move, button('History', 'owner:history', id));
}

function ownerWords({ owner, backups, now }: RockCard): string {
  if (owner === null) return 'Nobody owns this yet.';
  if (owner.isDeactivated) {
    const instead = backups.find((backup) => !backup.isDeactivated);
    const ask = instead === undefined ? 'and nobody stands in yet' : `so ask ${personMention(instead)}`;
    return `*Owner* ${personMention(owner)} has left Slack, ${ask}.`;
  }
  const fresh = ago(owner.confirmedAt ?? owner.since, now, owner.timezone);
  const words =
    owner.confirmedAt === null
      ? `unconfirmed since ${dayWords(owner.since, owner.timezone)}`
      : `confirmed ${fresh}`;
  return `*Owner* ${personMention(owner)} · ${clockTime(now, owner.timezone)} their time · ${words}`;
}

function backupWords(backups: PersonRef[]): string | null {
  const present = backups.filter((backup) => !backup.isDeactivated);
  return present.length === 0 ? null : `*Backup* ${present.map(personMention).join(', ')}`;
}

function channelWords({ channel }: RockCard): string | null {
  return channel === null ? null : `*Channel* ${channelMention(channel)}`;
}

function choiceBlocks(typed: string, rocks: RockLine[]): Content {
  const question = `Which one do you mean by “${inline(shortened(typed, 80))}”?`;
  const names = rocks.map((rock) => inline(rock.name)).join(', ');
  return {
    text: `${question} ${names}`,
    blocks: [
      section(question),
      actions(...rocks.map((rock, index) => button(rock.name, `owner:show/${index}`, String(rock.id)))),
    ],
  };
}

function listBlocks(about: ListSubject, rocks: RockLine[], total: number): Content {
  const title = titleOf(about, total);
  const withOwner = about.kind !== 'person' && about.kind !== 'unowned';
  const lines = fitted(
    rocks.map((rock) => rockLine(rock, withOwner)),
    total,
  );
  return {
    text: [title, ...lines].join('\n').replaceAll('*', ''),
    blocks: [section(title), ...sections(lines)],
  };
}

function titleOf(about: ListSubject, total: number): string {
  const count = total === 1 ? '1 rock' : `${total} rocks`;
  switch (about.kind) {
    case 'person': {
      const who = personMention(about.person);
      if (total === 0) return `${who} carries no rock.`;
      return about.person.isDeactivated
        ? `${who} has left Slack and still carries ${count}:`
        : `${who} carries ${count}:`;
    }
    case 'channel':
      return total === 0
        ? `No rock has its home in ${channelMention(about.channel)}.`
        : `${count} with a home in ${channelMention(about.channel)}:`;
    case 'unowned':
      return total === 0
        ? 'Every rock has an owner.'
        : `Nobody owns ${total === 1 ? 'this rock' : `these ${count}`} yet:`;
    case 'stale':
      return total === 0
        ? 'All ownership was confirmed within the last 90 days.'
        : `${count} not confirmed for 90 days:`;
  }
}

function rockLine(rock: RockLine, withOwner: boolean): string {
  const team = rock.team === null ? '' : ` · ${inline(rock.team)}`;
  const owner = rock.owner === null ? 'nobody' : personMention(rock.owner);
  return `• *${inline(rock.name)}*${team}${withOwner ? ` · ${owner}` : ''}`;
}

const beginnings = {
  created: 'from the start',
  claimed: 'took it',
  handoff: 'by a handoff',
  assigned: 'was assigned',
  acting: 'stands in',
};

function historyLine(stint: StintStory, zone: string): string {
  const until = stint.endedAt === null ? 'today' : dayWords(stint.endedAt, zone);
  return `• ${personMention(stint.person)}  ${dayWords(stint.beganAt, zone)} to ${until} (${beginnings[stint.began]})`;
}
