import type { Content } from '../../platform/slack/elements.ts';
import { personMention, quoted } from '../../platform/slack/mrkdwn.ts';
import { named, readButton, said, waitingButtons } from './blocks.ts';
import type { Handoff } from './core/handoff.ts';
import { onDay } from './note-words.ts';

/** To whoever is asked for a rock, or carries one that is assigned to somebody else. */
export function requestNote(handoff: Handoff): Content {
  const { kind, state, from, to } = handoff;
  const what = named(handoff);
  const receiver = personMention(to);
  const reader = from ?? to;
  if (kind === 'assign') return assignedNote(handoff);
  switch (state) {
    case 'asked': {
      const wish =
        kind === 'back'
          ? `${receiver} would like to have ${what} back.`
          : `${receiver} would like to carry ${what}, and asks you for it.`;
      const words = kind === 'ask' && handoff.reason !== null ? `\n${quoted(handoff.reason)}` : '';
      const hint = kind === 'back' ? 'Read why, then decide.' : 'It stays yours unless you hand it over.';
      return said(`${wish}${words}\n${hint}`, ...waitingButtons(handoff, reader.id));
    }
    case 'declined':
      return said(`${receiver} asked you for ${what}. It stays with you.`);
    case 'withdrawn':
      return said(`${receiver} asked you for ${what} and has withdrawn it. Nothing is asked of you.`);
    case 'expired':
      return said(`${receiver} asked you for ${what}. That is over now, and it stays with you.`);
    case 'draft':
    case 'offered':
    case 'changes-suggested':
    case 'accepted':
    case 'overlap':
    case 'completed':
      return said(
        kind === 'back'
          ? `${receiver} has ${what} back${onDay(handoff.acceptedAt, reader)}. Thank you for carrying it.`
          : `${receiver} asked you for ${what}, and you hand it over.`,
      );
  }
}

function assignedNote(handoff: Handoff): Content {
  const { state, sender, to } = handoff;
  const what = named(handoff);
  const by = personMention(sender);
  const receiver = personMention(to);
  if (state === 'overlap' || state === 'completed' || state === 'accepted') {
    return said(
      `${receiver} carries ${what} now, as ${by} wished. Thank you for carrying it so far.`,
      readButton(handoff.id),
    );
  }
  if (state === 'offered' || state === 'changes-suggested' || state === 'draft' || state === 'asked') {
    return said(
      `${by} would like ${receiver} to carry ${what} from now on, and has asked them. It stays yours until they accept. Talk to ${by} if that surprises you.`,
    );
  }
  return said(`${by} would have liked ${receiver} to carry ${what}. It stays with you after all.`);
}
