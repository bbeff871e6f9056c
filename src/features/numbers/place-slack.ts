import { within } from '../../platform/core/within.ts';
import type { Press, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import { escaped } from '../../platform/slack/mrkdwn.ts';
import { admitting } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { mayChange, no, shownOf } from './changing.ts';
import { everyWords } from './core/schedule.ts';
import type { Every, Place } from './core/source.ts';
import { readPlace, readPlaceMetadata } from './input.ts';
import { placeModal, placeModalId, testAction, title, tryingModal } from './modal-blocks.ts';
import type { Reader } from './reader.ts';
import { usePlace } from './source-operations.ts';

export type NumberDeps = PeopleDeps & { reader: Reader };

/** A modal's answer must be there within three seconds; what is read may take five, and is then said later. */
const patienceMs = 1_500;

/** Tells Slack's side of the form in which a query or an address is typed, and of its `Test it`. */
export function registerPlaces(slack: Registry, deps: NumberDeps): void {
  slack.press(testAction, async (press) => await test(deps, press));
  slack.submission(
    placeModalId,
    admitting(deps, title, async (submission) => await savePlace(deps, submission)),
  );
}

/** Saves a place that gives a number now. What takes longer than Slack waits is said afterwards, in the same modal. */
async function savePlace(deps: NumberDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { reader } = deps;
  const { key, kind } = readPlaceMetadata(submission.metadata);
  const typed = readPlace(kind, submission.values);
  const opened = await mayChange(deps, submission, key);
  if (!opened.ok) return no(opened.words);
  if (!typed.ok) return { errors: typed.errors };
  const { actor, view } = opened.value;
  const reading = reader.read(typed.value.place);
  const inTime = await within(patienceMs, reading);
  if (inTime !== undefined) {
    const read = inTime.value;
    if (!read.ok) return read.field === undefined ? no(read.words) : { errors: { [read.field]: read.words } };
    return { view: await keep(deps, submission.workspaceId, actor, key, typed.value, read.value) };
  }
  // Whatever it fails with is said by whoever awaits it, and that may be a moment later.
  reading.catch(() => undefined);
  const later = async () => {
    const read = await reading;
    return read.ok
      ? await keep(deps, submission.workspaceId, actor, key, typed.value, read.value)
      : placeModal(shownOf(view), typed.value, reader.connections, read.words);
  };
  return { view: tryingModal(), later };
}

async function keep(
  { db }: NumberDeps,
  workspaceId: string,
  actor: Actor,
  key: string,
  { place, every }: { place: Place; every: Every },
  value: number,
) {
  const saved = await usePlace(db, workspaceId, actor, key, { place, every, value });
  const words = saved.ok
    ? `Saved. It reads ${value} now, and I read it again ${everyWords[every]}. The next check-in suggests what came last.`
    : saved.words;
  return notice(title, plain(words));
}

/** `Test it`: reads what stands in the form, and keeps nothing. */
async function test(deps: NumberDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  await press.coverWith(async () => {
    const { key, kind } = readPlaceMetadata(press.metadata);
    const opened = await mayChange(deps, press, key);
    if (!opened.ok) return notice(title, plain(opened.words));
    const typed = readPlace(kind, press.values);
    if (!typed.ok) return notice(title, plain(Object.values(typed.errors).join('\n')));
    const read = await deps.reader.read(typed.value.place);
    return notice(
      title,
      plain(read.ok ? `It reads ${read.value}. Nothing is saved yet.` : escaped(read.words)),
    );
  });
}
