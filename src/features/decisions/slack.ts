import { companyNow } from '../../platform/db/company-time.ts';
import type { Caller, CommandCall, MessageShortcut, Press, Registry } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { notice } from '../../platform/slack/modals.ts';
import { commandWithModal, pressOpening, pressWithModal } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit } from '../people/operations.ts';
import { aboutSearch, forms, press as ids, writeDown } from './actions.ts';
import { cardBlocks, listBlocks, queueBlocks } from './blocks.ts';
import { choiceOf } from './entry-blocks.ts';
import {
  type DecisionDeps as FormDeps,
  sendChange,
  sendKeep,
  sendMake,
  sendOpen,
  sendSupersede,
} from './forms.ts';
import { readAsked, readList, readListed, readPage, verbs } from './input.ts';
import { openChange, openMaking, openNew } from './opening.ts';
import { listDecisions, listQueue, offerAbout, readDecision } from './reading-operations.ts';

/** `permalink` gives the web address of a message; null where Slack does not give one in time. */
export type DecisionDeps = FormDeps & {
  permalink(channelId: string, ts: string): Promise<string | null>;
};

const usage = [
  {
    typed: '/decide',
    does: 'write down what is to be decided; `/decide keep the old checkout?` begins with that',
  },
  { typed: '/decide open', does: 'what waits to be decided, the most pressing first' },
  {
    typed: '/decide list payments',
    does: 'decisions about a rock or with these words; `since 1 Nov` narrows it',
  },
  { typed: '/decide show 12', does: 'one decision; `/decide change 12` while it is open' },
];

/** Tells Slack's side of `/decide`. */
export function registerDecisions(slack: Registry, deps: DecisionDeps): void {
  slack.command({ noun: 'decide', usage, run: async (call) => await answer(deps, call) });
  slack.shortcut(writeDown, async (shortcut) => await fromMessage(deps, shortcut));
  slack.press(ids.add, async (press) => {
    await pressOpening(deps, press, async (actor) =>
      openNew(deps, press.workspaceId, actor, { question: '', sourceUrl: null }),
    );
  });
  slack.press(ids.change, async (press) => {
    await pressWithModal(deps, press, async (actor, id) => openChange(deps, press.workspaceId, actor, id));
  });
  for (const what of ['decide', 'supersede', 'keep'] as const) {
    slack.press(ids[what], async (press) => {
      await pressWithModal(deps, press, async (actor, id) =>
        openMaking(deps, press.workspaceId, actor, id, what),
      );
    });
  }
  slack.press(ids.look, async (press) => await look(deps, press));
  slack.press(ids.page, async (press) => await turn(deps, press, 'list'));
  slack.press(ids.queue, async (press) => await turn(deps, press, 'queue'));
  slack.submission(forms.open, async (sent) => await sendOpen(deps, sent));
  slack.submission(forms.change, async (sent) => await sendChange(deps, sent));
  slack.submission(forms.make, async (sent) => await sendMake(deps, sent));
  slack.submission(forms.supersede, async (sent) => await sendSupersede(deps, sent));
  slack.submission(forms.keep, async (sent) => await sendKeep(deps, sent));
  slack.options(aboutSearch, async (search) => {
    const actor = await admit(deps, search);
    if (!actor.ok) return [];
    return (await offerAbout(deps.db, search.workspaceId, actor.value, search.typed)).map(choiceOf);
  });
}

async function answer(deps: DecisionDeps, call: CommandCall): Promise<Content | undefined> {
  const asked = readAsked(call.words);
  const { workspaceId } = call;
  if (asked.verb === 'unsure') return unknownVerb('decide', call, verbs);
  if (asked.verb === 'add')
    return await commandWithModal(deps, call, async (actor) =>
      openNew(deps, workspaceId, actor, { question: asked.question, sourceUrl: null }),
    );
  if (asked.verb === 'change')
    return await commandWithModal(deps, call, async (actor) => {
      const read = await meant(deps, call, actor, asked.number);
      return 'id' in read ? await openChange(deps, workspaceId, actor, read.id) : { reply: read };
    });
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  if (asked.verb === 'open') return queueBlocks(await listQueue(deps.db, workspaceId, actor.value, 0));
  if (asked.verb === 'list') {
    const today = (await companyNow(deps.db, workspaceId))
      .toZonedDateTimeISO(actor.value.timezone)
      .toPlainDate();
    const question = readList(asked.words, today);
    if (!question.ok) return plain(question.words);
    const found = await listDecisions(deps.db, workspaceId, actor.value, question.value, 0);
    return found.ok ? listBlocks(found.value) : plain(found.words);
  }
  if (asked.number === null) return which;
  const read = await readDecision(deps.db, workspaceId, actor.value, { number: asked.number });
  return read.ok ? cardBlocks(read.value) : plain(read.words);
}

const which = plain('Which one? By its number, such as `/decide show 12`; `/decide list` has the latest.');

async function meant(
  { db }: DecisionDeps,
  { workspaceId }: Caller,
  actor: Actor,
  number: number | null,
): Promise<{ id: number } | Content> {
  if (number === null) return which;
  const read = await readDecision(db, workspaceId, actor, { number });
  return read.ok ? { id: read.value.decision.id } : plain(read.words);
}

/** Begins with the words of a message; its address stays with the decision. */
async function fromMessage(deps: DecisionDeps, shortcut: MessageShortcut): Promise<void> {
  const { workspaceId, channelId, ts, text } = shortcut;
  const refusal = await shortcut.openModal(async () => {
    const actor = await admit(deps, shortcut);
    if (!actor.ok) return { reply: plain(actor.words) };
    const sourceUrl = await deps.permalink(channelId, ts);
    return await openNew(deps, workspaceId, actor.value, { question: text, sourceUrl });
  });
  if (refusal !== undefined) await shortcut.reply(refusal);
}

/** Shows a decision over whatever it was pressed on. */
async function look(deps: DecisionDeps, press: Press): Promise<void> {
  await pressWithModal(deps, press, async (actor, id) => {
    const read = await readDecision(deps.db, press.workspaceId, actor, { id });
    if (!read.ok) return { reply: plain(read.words) };
    return { modal: notice(`Decision ${read.value.decision.number}`, cardBlocks(read.value)) };
  });
}

async function turn(deps: DecisionDeps, press: Press, of: 'list' | 'queue'): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  await press.reply(await pageOf(deps, press, actor.value, of), { replace: true });
}

async function pageOf(
  { db }: DecisionDeps,
  { workspaceId, value }: Press,
  actor: Actor,
  which: 'list' | 'queue',
): Promise<Content> {
  const { offset, of } = readPage(value);
  if (which === 'queue') return queueBlocks(await listQueue(db, workspaceId, actor, offset));
  const found = await listDecisions(db, workspaceId, actor, readListed(of), offset);
  return found.ok ? listBlocks(found.value) : plain(found.words);
}
