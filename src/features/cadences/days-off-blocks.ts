import type { ModalView } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { shortDateWords } from '../../platform/core/time-words.ts';
import { context, section, sections } from '../../platform/slack/elements.ts';
import { menuField, textField } from '../../platform/slack/fields.ts';
import { notice } from '../../platform/slack/modals.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { noCountry } from './days-off-input.ts';

export const daysOffModalId = 'cadence:days-off';

type Day = { day: Temporal.PlainDate; name: string };

/** The modal for admins: where public holidays are kept, and the company's own days, one a line. */
export function daysOffModal(given: {
  country: string | null;
  state: string | null;
  companyDays: readonly Day[];
  countries: readonly { code: string; name: string }[];
}): ModalView {
  const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
  const countries = given.countries.map(({ code, name }) => ({ id: code, name }));
  return {
    type: 'modal',
    callback_id: daysOffModalId,
    title: plain('Days off'),
    submit: plain('Save'),
    close: plain('Not now'),
    blocks: [
      section('On these days reminders wait, and each cadence does what it says of holidays.'),
      menuField({
        blockId: 'country',
        label: 'Public holidays of',
        choices: [{ id: noCountry, name: 'No country' }, ...countries],
        initial: given.country ?? noCountry,
      }),
      textField({
        blockId: 'state',
        label: 'State or region',
        hint: 'Where holidays differ within the country, such as Bayern. Its name as people there write it.',
        initial: given.state ?? undefined,
        limit: 80,
        isOptional: true,
      }),
      textField({
        blockId: 'days',
        label: 'Company days',
        hint: 'One a line, with its date first: 2026-12-24 Christmas Eve',
        initial: given.companyDays.map(({ day, name }) => `${day} ${name}`).join('\n'),
        limit: 3_000,
        isLong: true,
        isOptional: true,
      }),
    ],
  };
}

/** The next days off, as they are from now on. */
export function daysOffSavedModal(next: readonly Day[], today: Temporal.PlainDate): ModalView {
  const lines = next.map(({ day, name }) => `• ${shortDateWords(day, today)}  ${inline(name)}`);
  const shown =
    lines.length === 0
      ? [section('There is no day off in the next two years.')]
      : sections(['The next days off:', ...lines]);
  const blocks = [...shown, context('`/cadence KEY` shows what becomes of each cadence on them.')];
  return notice('Days off', { text: 'Days off', blocks });
}
