import type { ModalView } from '@slack/types';
import { plain } from '../../../platform/slack/commands.ts';
import { actions, button, type Content, section } from '../../../platform/slack/elements.ts';
import { numberField, personField } from '../../../platform/slack/fields.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import type { PersonRef } from '../core/rock.ts';
import { limits } from './core/limit.ts';
import { isOver, type Load, type LoadView, type Suggestion } from './core/load.ts';

export const limitAction = 'load:limit';
export const limitModalId = 'load:limit';
/** The value of a button that asks for whom. */
export const anybody = 'anybody';

/** As many suggestions as are shown: what could be handed off first, not a plan for all of it. */
const mostSuggestions = 3;

/** What somebody carries, and below it their load and what could be handed off first, for who may see that. */
export function withLoad(content: Content, view: LoadView, personId: number): Content {
  const lines = loadLines(view);
  const change = button('Change the limit', limitAction, String(personId));
  return {
    text: [content.text, ...lines.map((line) => line.replaceAll('*', ''))].join('\n'),
    blocks: [...content.blocks, section(lines.join('\n')), ...(view.mayChangeLimit ? [actions(change)] : [])],
  };
}

/** "*Load* 17 of 15, 2 too many." and what could be handed off first. */
export function loadLines(view: LoadView): string[] {
  const { hidden } = view;
  const unseen =
    hidden === 0 ? '' : ` It counts ${hidden} ${hidden === 1 ? 'rock that is' : 'rocks that are'} not shown.`;
  return [
    `*Load* ${sumWords(view)}${unseen}`,
    ...view.suggestions.slice(0, mostSuggestions).map(suggestionLine),
  ];
}

function sumWords({ load, limit }: Pick<Load, 'load' | 'limit'>): string {
  return isOver({ load, limit }) ? `${load} of ${limit}, ${load - limit} too many.` : `${load} of ${limit}.`;
}

const standing = {
  backup: 'who is its backup',
  contributor: 'who contributes to it',
  teammate: 'who is in its team',
};

/** What could be handed off first, and to whom. */
export function suggestionLine({ rock, to }: Suggestion, index = 0): string {
  const begin = index === 0 ? 'Could be handed off first' : 'Then';
  const name = `*${inline(rock.name)}*`;
  if (to === null) return `${begin}: ${name}; nobody near it has room.`;
  return `${begin}: ${name} to ${personMention(to)}, ${standing[to.as]} and has room.`;
}

/** The modal in which a lead or an admin says what is enough for somebody. Without `of` it asks for whom. */
export function limitModal(of: { person: PersonRef; own: number | null; usual: number } | null): ModalView {
  const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
  const usual = of === null ? 'as for everybody' : `as for everybody: ${of.usual}`;
  return {
    type: 'modal',
    callback_id: limitModalId,
    private_metadata: of === null ? '' : String(of.person.id),
    title: words("Somebody's limit"),
    submit: words('Save'),
    close: words('Not now'),
    blocks: [
      ...(of === null
        ? [personField({ blockId: 'person', label: 'Whose' })]
        : [section(`How much is enough for ${personMention(of.person)}?`)]),
      numberField({
        blockId: 'limit',
        label: 'Enough, as a sum of weights',
        hint: `Each rock weighs 1 to 5. Left empty: ${usual}.`,
        initial: of?.own ?? undefined,
        from: limits.least,
        to: limits.most,
        isOptional: true,
      }),
    ],
  };
}

export function limitSaved({ person, load }: { person: PersonRef; load: Load }): Content {
  const rocks = load.rocks === 1 ? '1 rock' : `${load.rocks} rocks`;
  return plain(
    `${load.limit} is enough for ${personMention(person)}, who carries ${rocks}. *Load* ${sumWords(load)}`,
  );
}
