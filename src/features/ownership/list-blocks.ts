import { shortDateWords } from '../../platform/core/time-words.ts';
import { type Content, fitted, section, sections } from '../../platform/slack/elements.ts';
import { channelMention, inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { freshWords } from './card-words.ts';
import { type Answer, type ListedRock, type ListSubject, staleAfterDays } from './core/rock.ts';

type List = Extract<Answer, { kind: 'list' }>;

/** Rocks, a line each, below what they have in common; then how many more there are. */
export function listBlocks(list: List): Content {
  const title = titleOf(list);
  // A heading goes with the rock below it, so that lines are rocks and what is left out can be counted.
  const lines = list.rocks.map((rock, index) => {
    const heading = headingOf(list, rock);
    const above = list.rocks[index - 1];
    const isNew = heading !== null && (above === undefined || headingOf(list, above) !== heading);
    return `${isNew ? `${heading}\n` : ''}• ${lineOf(list.about, rock)}`;
  });
  const words = [...fitted(lines, list.total), ...setDownWords(list.about)];
  return {
    text: [title, ...words].join('\n').replaceAll('*', ''),
    blocks: [section(title), ...sections(words)],
  };
}

/** "1 rock", "7 rocks". */
function counted(count: number): string {
  return count === 1 ? '1 rock' : `${count} rocks`;
}

function titleOf({ about, total, counts }: List): string {
  switch (about.kind) {
    case 'person': {
      const left = about.person.isDeactivated ? ' has left Slack and still' : '';
      const carries = `${personMention(about.person)}${left} carries`;
      if (counts.owner > 0) return `${carries} ${counted(counts.owner)}:`;
      return total === 0 ? `${carries} no rock.` : `${carries} no rock of their own.`;
    }
    case 'group': {
      const who = `*@${inline(about.group.name)}*`;
      return total === 0
        ? `Nobody of ${who} carries a rock.`
        : `The people of ${who} carry ${counted(total)}:`;
    }
    case 'channel':
      return total === 0
        ? `No rock has its home in ${channelMention(about.channel)}.`
        : `${counted(total)} with a home in ${channelMention(about.channel)}:`;
    case 'unowned':
      return total === 0
        ? 'Every rock has an owner.'
        : `Nobody owns ${total === 1 ? 'this rock' : `these ${counted(total)}`} yet:`;
    case 'stale':
      return total === 0
        ? `All ownership was confirmed within the last ${staleAfterDays} days.`
        : `${counted(total)} not confirmed for ${staleAfterDays} days:`;
    case 'team': {
      const team = inline(about.team.name);
      return total === 0 ? `*${team}* has no rock.` : `${counted(total)} of *${team}*:`;
    }
    case 'all':
      return total === 0
        ? 'The register is empty. `/rock add payments` puts the first one in.'
        : `${counted(total)} in the register:`;
  }
}

function setDownWords(about: ListSubject): string[] {
  if (about.kind !== 'unowned' || about.setDown === 0) return [];
  return [
    about.setDown === 1
      ? '1 more rock is set down on purpose.'
      : `${about.setDown} more rocks are set down on purpose.`,
  ];
}

/** What rocks of a list are gathered under; null: under the title itself. */
function headingOf({ about, rocks, counts }: List, rock: ListedRock): string | null {
  if (about.kind === 'person') {
    if (rock.as === 'carrier') return `On loan to them: ${counted(counts.carrier)}:`;
    return rock.as === 'backup' ? `Standing in for ${counted(counts.backup)}:` : null;
  }
  if (about.kind !== 'unowned' && about.kind !== 'stale') return null;
  if (rock.team !== null) return `*${inline(rock.team)}*`;
  return rocks.every(({ team }) => team === null) ? null : '*No team*';
}

function lineOf(about: ListSubject, rock: ListedRock): string {
  const isByTeam = about.kind === 'unowned' || about.kind === 'stale';
  const isTheirOwn = about.kind === 'person' && rock.as === 'owner';
  const owner = rock.owner === null ? standingOf(rock) : personMention(rock.owner);
  const parts = [
    `*${inline(rock.name)}*`,
    isByTeam ? importanceWords(rock) : about.kind === 'team' ? null : rock.team && inline(rock.team),
    about.kind === 'unowned' || isTheirOwn ? null : owner,
    rock.stint && freshWords(rock.stint, rock.now, rock.timezone),
    loanWords(rock),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Only what matters much is said: that something matters little is nobody's business. */
function importanceWords({ importance }: ListedRock): string | null {
  if (importance === 'critical') return 'critical';
  return importance === 'very-important' ? 'very important' : null;
}

function loanWords({ loan, as, now, timezone }: ListedRock): string | null {
  if (loan === null) return null;
  const until = shortDateWords(loan.until, now.toZonedDateTimeISO(timezone).toPlainDate());
  return as === 'carrier' ? `until ${until}` : `on loan to ${personMention(loan.to)} until ${until}`;
}

function standingOf({ state }: ListedRock): string {
  if (state === 'active') return 'nobody';
  return state === 'set-down' ? 'set down' : 'retired';
}
