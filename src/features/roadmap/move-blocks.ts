import type { KnownBlock, ModalView } from '@slack/types';
import { section } from '../../platform/slack/elements.ts';
import { menuField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { type Horizon, horizons } from './core/item.ts';
import { horizonWords } from './core/words.ts';
import { dueField, inNowAlone, placeOf, whyField } from './field-blocks.ts';
import { roadmapModals } from './frame-blocks.ts';

/** What a form of a move is about; `to` null: it asks where to. */
export type MoveForm = {
  id: number;
  title: string;
  from: Horizon;
  to: Horizon | null;
  hasDate: boolean;
  stamp: string;
};

/** Asks what a move needs: a date for now, words for what is stopped; and where to, where nobody has said. */
export function moveModal({ id, title, from, to, hasDate, stamp }: MoveForm): ModalView {
  const where = `*${inline(title)}* is ${placeOf(from)}.`;
  const others = horizons.filter((horizon) => horizon !== from);
  const blocks: KnownBlock[] = [
    section(where),
    ...(to === null
      ? [
          menuField({
            blockId: 'to',
            label: 'Where to?',
            choices: others.map((horizon) => ({ id: horizon, name: horizonWords[horizon] })),
          }),
        ]
      : []),
    ...(to === 'stopped' ? [] : [dueField('Due', to === null ? inNowAlone : 'If you know it.', null)]),
    ...whyOf(to, hasDate),
  ];
  return formModal({
    title: to === null ? 'Move an item' : to === 'stopped' ? 'Stop it' : `Move it to ${to}`,
    submit: to === 'stopped' ? 'Stop it' : 'Move',
    callbackId: roadmapModals.move,
    metadata: { item: id, to, stamp },
    blocks,
  });
}

function whyOf(to: Horizon | null, hasDate: boolean): KnownBlock[] {
  if (to === 'stopped')
    return [whyField('Why is it stopped?', 'A sentence is enough. Everybody can read it.', true)];
  if (to === null)
    return [whyField('Why?', 'Needed for what is stopped, and for a later date than the last one.')];
  return hasDate
    ? [whyField('Why does the date move back?', 'Only needed for a later date than the last one.')]
    : [];
}
