import type { Temporal } from 'temporal-polyfill';
import { readDate } from '../../platform/core/date-words.ts';
import { nearest } from '../../platform/core/edit-distance.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type {
  CommandCall,
  ModalOrReply,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { spoken } from '../../platform/slack/command-text.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { normalName } from '../ownership/core/names.ts';
import type { RockCard } from '../ownership/core/rock.ts';
import { findByName } from '../ownership/finding-operations.ts';
import { findCard, findRock } from '../ownership/lookup-operations.ts';
import { admitting, commandWithModal, pressWithModal } from '../people/admitting.ts';
import type { Actor, Person } from '../people/core/person.ts';
import { findPersonById, meet, whoIsMeant } from '../people/operations.ts';
import { dueRefusal, loanRefusal } from './core/times.ts';
import { type OfferInput, readOfferModal, readSpoken, type Spoken, verbs } from './input.ts';
import {
  checkOffer,
  checkReceiver,
  checkWork,
  kindFor,
  offerHandoff,
  offerWork,
  readToday,
} from './offer-operations.ts';
import { type HandoffDeps, submitStep } from './presses.ts';
import { longestWork, offerModal, offerModalId } from './writing-blocks.ts';

/** Tells Slack's side of what offers something: the modal of a brief, and the ways to it. */
export function registerOffering(slack: Registry, deps: HandoffDeps): void {
  slack.press('handoff:start', async (press) => await startFromCard(deps, press));
  slack.submission(
    offerModalId,
    admitting(deps, 'Handoff', (submission) => offer(deps, submission)),
  );
}

/** `/handoff payments @ben`, or a piece of work: in quotes where no rock is called so, or with a day by which. */
export async function startOffer(deps: HandoffDeps, call: CommandCall): Promise<Content | undefined> {
  const wanted = readSpoken(call.words, 'by');
  if (wanted === null) return plain('Which rock? For example `/handoff payments @ben`.');
  return await commandWithModal(deps, call, async (actor) => {
    const what = await whatIsMeant(deps, call, actor, wanted);
    if (!what.ok) return { reply: await wrong(deps, call, actor, wanted, what) };
    const to = await receiverMeant(deps, call.workspaceId, wanted);
    if (!to.ok) return { reply: plain(to.words) };
    const { value } = what;
    return value.kind === 'rock'
      ? await modalOf(deps, call.workspaceId, actor, value.rock, to.value, 'give')
      : workModal(actor, wanted.name, to.value, value.dueOn);
  });
}

/** `/handoff lend payments @ben until 15 Jan`. */
export async function startLoan(deps: HandoffDeps, call: CommandCall): Promise<Content | undefined> {
  const wanted = readSpoken(call.words.slice(1), 'until');
  if (wanted === null) return plain('Which rock? For example `/handoff lend payments @ben until 15 Jan`.');
  return await commandWithModal(deps, call, async (actor) => {
    const rock = await findRock(deps.db, call.workspaceId, wanted.name, actor.id);
    if (!rock.ok) return { reply: plain(rock.words) };
    const today = await readToday(deps.db, call.workspaceId, actor);
    const until = dayMeant(wanted, today, (day) => loanRefusal(day, today));
    if (!until.ok) return { reply: plain(until.words) };
    const to = await receiverMeant(deps, call.workspaceId, wanted);
    if (!to.ok) return { reply: plain(to.words) };
    return await modalOf(deps, call.workspaceId, actor, rock.value, to.value, 'lend', until.value);
  });
}

/** `/handoff assign payments @ben`, for leads and admins. */
export async function startAssigning(deps: HandoffDeps, call: CommandCall): Promise<Content | undefined> {
  const wanted = readSpoken(call.words.slice(1), 'by');
  if (wanted === null) return plain('Which rock, and to whom? For example `/handoff assign payments @ben`.');
  return await commandWithModal(deps, call, async (actor) => {
    const rock = await findRock(deps.db, call.workspaceId, wanted.whole, actor.id);
    if (!rock.ok) return { reply: plain(rock.words) };
    const to = await receiverMeant(deps, call.workspaceId, wanted);
    if (!to.ok) return { reply: plain(to.words) };
    return await modalOf(deps, call.workspaceId, actor, rock.value, to.value, 'assign');
  });
}

type What = { kind: 'rock'; rock: RockCard } | { kind: 'work'; dueOn: Temporal.PlainDate | null };

async function whatIsMeant(
  deps: HandoffDeps,
  { workspaceId }: CommandCall,
  actor: Actor,
  wanted: Spoken,
): Promise<Result<What>> {
  const { name, whole, day, isQuoted } = wanted;
  const exactly = async (text: string) => await findExactly(deps, workspaceId, text, actor);
  if (day !== null) {
    // The word may belong to a name, such as "Stand-by desk".
    const called = await exactly(whole);
    if (!called.ok) return called;
    if (called.value !== null) return accepted({ kind: 'rock', rock: called.value });
    const rock = await exactly(name);
    if (!rock.ok) return rock;
    if (rock.value !== null) return twoWays(rock.value, day);
    const today = await readToday(deps.db, workspaceId, actor);
    const dueOn = dayMeant(wanted, today, (due) => dueRefusal(due, today));
    return dueOn.ok ? accepted({ kind: 'work', dueOn: dueOn.value }) : dueOn;
  }
  if (isQuoted) {
    const rock = await exactly(name);
    if (!rock.ok) return rock;
    return accepted(rock.value === null ? { kind: 'work', dueOn: null } : { kind: 'rock', rock: rock.value });
  }
  const rock = await findRock(deps.db, workspaceId, name, actor.id);
  return rock.ok ? accepted({ kind: 'rock', rock: rock.value }) : rock;
}

/** The one rock that is called so; null for none. Refuses a name that several have. */
async function findExactly(
  deps: HandoffDeps,
  workspaceId: string,
  text: string,
  actor: Actor,
): Promise<Result<RockCard | null>> {
  const answer = await findByName(deps.db, workspaceId, text, actor.id);
  // Longer than any name, or no letter in it: no rock is called so.
  if (!answer.ok) return accepted(null);
  if (answer.value.kind === 'card')
    return accepted(answer.value.insteadOf === null ? answer.value.card : null);
  if (answer.value.kind !== 'choice') return accepted(null);
  const same = answer.value.rocks.filter((rock) => normalName(rock.name) === normalName(text));
  if (same.length < 2) return accepted(null);
  return refused('unsure', `Several rocks are called “${inline(text)}”. Which one? Use its key.`);
}

function twoWays(rock: RockCard, day: string): Result<never> {
  const key = inline(rock.key);
  return refused(
    'two-ways',
    `*${inline(rock.name)}* is a rock, and a rock is never done by a day. To lend it: \`/handoff lend ${key} @ben until ${inline(day)}\`. For good: \`/handoff ${key} @ben\`. A piece of work needs another name.`,
  );
}

function dayMeant(
  { day }: Spoken,
  today: Temporal.PlainDate,
  problemOf: (day: Temporal.PlainDate) => ReturnType<typeof refused> | null,
): Result<Temporal.PlainDate | null> {
  if (day === null) return accepted(null);
  const read = readDate(day, today);
  return read.ok ? (problemOf(read.value) ?? read) : read;
}

async function receiverMeant(
  deps: HandoffDeps,
  workspaceId: string,
  { to }: Spoken,
): Promise<Result<Person | null>> {
  return to === null ? accepted(null) : await whoIsMeant(deps, workspaceId, to);
}

/** What begins like a verb, with a rock behind it, is answered with the verb. */
async function wrong(
  deps: HandoffDeps,
  call: CommandCall,
  actor: Actor,
  { name }: Spoken,
  { code, words }: Refusal,
): Promise<Content> {
  const first = spoken(call.words.slice(0, 1));
  const rest = name.slice(first.length).trim();
  const isUnsure = code === 'unknown-rock' || code === 'unsure';
  if (!isUnsure || !name.startsWith(first) || rest === '' || nearest(first, verbs) === undefined) {
    return plain(words);
  }
  const meant = await findRock(deps.db, call.workspaceId, rest, actor.id);
  return meant.ok ? unknownVerb('handoff', call, verbs) : plain(words);
}

async function modalOf(
  deps: HandoffDeps,
  workspaceId: string,
  actor: Actor,
  rock: RockCard,
  to: Person | null,
  wanted: 'give' | 'lend' | 'assign',
  untilOn: Temporal.PlainDate | null = null,
): Promise<ModalOrReply> {
  const kind = kindFor(wanted, actor, rock);
  const checked = await checkOffer(deps.db, workspaceId, actor, rock, to, kind);
  if (!checked.ok) return { reply: plain(checked.words) };
  return { modal: offerModal(kind === 'lend' ? { kind, rock, to, untilOn } : { kind, rock, to }) };
}

function workModal(
  actor: Actor,
  work: string,
  to: Person | null,
  dueOn: Temporal.PlainDate | null,
): ModalOrReply {
  if (work.length > longestWork) {
    return {
      reply: plain(`Please name it in ${longestWork} characters at most; the brief has room for the rest.`),
    };
  }
  const problem = to === null ? null : checkWork(actor, to, personMention(to));
  return problem === null
    ? { modal: offerModal({ kind: 'work', work, to, dueOn }) }
    : { reply: plain(problem.words) };
}

async function startFromCard(deps: HandoffDeps, press: Press): Promise<void> {
  await pressWithModal(deps, press, async (actor, rockId) => {
    const rock = await findCard(deps.db, press.workspaceId, rockId, actor.id);
    if (rock === undefined) return { reply: plain('That rock is not in the register any more.') };
    return await modalOf(deps, press.workspaceId, actor, rock, null, 'give');
  });
}

/** The fields beside which a day that cannot be stands. */
const fields: Record<string, string> = { 'no-until': 'until', long: 'until', far: 'due' };

async function offer(deps: HandoffDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const input = readOfferModal(submission);
  if ('errors' in input) return input;
  const fieldOf = (code: string): string | null => {
    if (code === 'past') return input.kind === 'lend' ? 'until' : 'due';
    if (code === 'receiver') return 'to';
    return fields[code] ?? null;
  };
  const title = input.kind === 'lend' ? 'Lend' : 'Hand over';
  return await submitStep(
    deps,
    submission,
    title,
    async (actor) => {
      const to = await receiver(deps, workspaceId, actor, input);
      if (!to.ok) return to;
      return input.kind === 'work'
        ? await offerWork(deps.db, workspaceId, actor, { ...input, to: to.value })
        : await offerHandoff(deps.db, workspaceId, actor, { ...input, to: to.value });
    },
    fieldOf,
  );
}

/** Who was named before, or is picked in the modal: then what is wrong with them stands beside the field. */
async function receiver(
  deps: HandoffDeps,
  workspaceId: string,
  actor: Actor,
  input: OfferInput,
): Promise<Result<Person>> {
  if (input.toId !== null) return await findPersonById(deps.db, workspaceId, input.toId);
  const picked = input.toSlackId === null ? undefined : await meet(deps, workspaceId, input.toSlackId);
  if (picked === undefined) return refused('receiver', 'I cannot find that person in this workspace.');
  // Words beside a field are plain text: people have their names there.
  const problem =
    input.kind === 'work'
      ? checkWork(actor, picked, picked.name)
      : checkReceiver(picked, actor, picked.name, input.kind === 'assign' ? null : actor.id);
  return problem === null ? accepted(picked) : refused('receiver', problem.words);
}
