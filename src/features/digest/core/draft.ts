import type { Temporal } from 'temporal-polyfill';
import type { Edits, Gathered } from './digest.ts';

/** A digest as it was drafted, with what people changed of it since. */
export type Digest = {
  id: number;
  cadenceId: number;
  dueAt: Temporal.Instant;
  state: 'draft' | 'sent';
  content: Drafted;
  edits: Edits;
  previewMessageId: number | null;
  editedBy: { slackId: string | null; name: string } | null;
  channel: { slackId: string | null; name: string; isPrivate: boolean };
  timezone: string;
};

/** What is kept of a draft; `loads` are for the preview of product operations alone, and left out where others see it. */
export type Drafted = { gathered: Gathered; loads: { name: string; load: number; limit: number }[] };

/** What product operations makes of a draft. `words` are those of lines at risk, by key, as they stand in the form. */
export type DigestForm = { note: string | null; hidden: string[]; words: Record<string, string> };
