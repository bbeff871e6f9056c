import type { ModalView } from '@slack/types';
import type { Word } from './command-text.ts';
import type { Content } from './elements.ts';
import type { Choice } from './fields.ts';
import type { SlackFile } from './file-object.ts';

/** Who asks, and where: what every request from Slack carries. The ids are Slack's. */
export type Caller = { workspaceId: string; slackUserId: string };

/** What a modal will be, or the reason why there is none. */
export type ModalOrReply = { modal: ModalView } | { reply: Content };

export type ModalOpener = {
  /**
   * Shows what `build` makes. When that takes long, a loading modal is opened first and then updated,
   * because Slack's trigger lives for three seconds. A reply instead of a modal is given back, or shown in
   * the modal that is already open.
   */
  openModal(build: () => Promise<ModalOrReply>): Promise<Content | undefined>;
};

/** A slash command, its noun taken off: `/owner payments` and `/cairn owner payments` are the same call. */
export type CommandCall = Caller & ModalOpener & { channelId: string; words: Word[] };

/** A pressed button or chosen option of a message, a Home or a modal. */
export type Press = Caller &
  ModalOpener & {
    actionId: string;
    value: string;
    channelId: string | undefined;
    messageTs: string | undefined;
    /** Slack's id of this one press. */
    triggerId: string;
    /** Of a button in a modal: what stands in its fields at this moment, and what the modal carries. Empty elsewhere. */
    values: Submission['values'];
    metadata: string;
    /**
     * Lays a modal over the one that was pressed in; the same as `openModal` otherwise. Slack lays no more than three on
     * each other, so it takes the place of the third.
     */
    coverWith(build: () => Promise<ModalView>): Promise<void>;
    /** Puts another modal in place of the one that was pressed in. Does nothing elsewhere. */
    redraw(modal: ModalView): Promise<void>;
    /**
     * Says something to the presser alone; `replace` puts it in place of the message that was pressed. A Home and
     * a modal are no place for messages: there it is shown in a modal, as long as Slack's trigger lives.
     */
    reply(content: Content, options?: { replace?: boolean; inChannel?: boolean }): Promise<void>;
  };

/**
 * A modal that was sent off. `values`, of menus in which several can be picked `lists`, and of inputs of files `files`
 * are by block id: each of our inputs has a block of its own. People and channels are their Slack ids.
 */
export type Submission = Caller & {
  values: Record<string, string | null>;
  lists: Record<string, string[]>;
  files: Record<string, SlackFile[]>;
  metadata: string;
};

/**
 * What becomes of a modal after it was sent off: closed, closed with all that lie below it, replaced, covered by
 * another one that leaves what was typed below it (the third, which nothing can cover, is replaced), or given words beside its fields. One that is replaced may be replaced
 * once more `later`, by the outcome of work that takes longer than Slack waits.
 */
export type SubmissionAnswer =
  | 'close'
  | 'close-all'
  | { view: ModalView; later?: () => Promise<ModalView> }
  | { push: ModalView }
  | { errors: Record<string, string> };

/** What somebody said to Cairn: in a channel where they named it, or in their direct conversation with it. */
export type Said = Caller & {
  /** Slack's id of the event. An event that Slack sends again has the same one. */
  eventId: string;
  channelId: string;
  ts: string;
  /** The thread that it stands in; null: none. */
  threadTs: string | null;
  /** What was said, without Cairn's own name. */
  words: Word[];
  /**
   * Says something there to the speaker alone: refusals, and what is not for everybody. Ephemeral answers go past the
   * outbox; what others see goes through it.
   */
  replyPrivately(content: Content): Promise<void>;
};

/** A message on which somebody chose one of Cairn's entries in its menu. */
export type MessageShortcut = Caller &
  ModalOpener & {
    channelId: string;
    /** The words of the message, without the addresses in it. */
    text: string;
    /** The addresses in the message and its attachments, in order, each once. */
    links: string[];
    ts: string;
    /** Answers the presser alone. */
    reply(content: Content): Promise<void>;
  };

/** Somebody types in a menu that is filled from here. */
export type Search = Caller & { typed: string };

export type Command = {
  noun: string;
  /** One line for `/cairn help`, in the form of what is typed and what it does. */
  usage: { typed: string; does: string }[];
  run(call: CommandCall): Promise<Content | undefined>;
};

/** What features tell Slack's side that they listen to. */
export type Registry = {
  command(command: Command): void;
  press(actionId: string, run: (press: Press) => Promise<void>): void;
  submission(callbackId: string, run: (submission: Submission) => Promise<SubmissionAnswer>): void;
  /** Somebody looks at their Home. Whoever listens publishes it. */
  homeOpened(run: (caller: Caller) => Promise<void>): void;
  /**
   * Somebody named Cairn in a channel that it is in. Bots, edits and Cairn's own words are left out; Slack may send
   * the same event up to three times.
   */
  mentioned(run: (said: Said) => Promise<void>): void;
  /** Somebody wrote to Cairn in their direct conversation; the same holds. */
  saidDirectly(run: (said: Said) => Promise<void>): void;
  /** An entry of the menu that every message has; manifest.yml names it. */
  shortcut(callbackId: string, run: (shortcut: MessageShortcut) => Promise<void>): void;
  /** What a menu that is filled from here offers for what was typed, best first; a hundred at most are shown. */
  options(actionId: string, run: (search: Search) => Promise<readonly Choice[]>): void;
};
