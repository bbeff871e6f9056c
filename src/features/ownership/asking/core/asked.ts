import type { Answer, PersonRef } from '../../core/rock.ts';

/** Why a question comes to somebody. */
export type AskedAs = 'owner' | 'backup' | 'carrier';
/** Whom a question goes to, and as what. */
export type AskedPeople = { person: PersonRef; as: AskedAs }[];

/** What a message is about, and what told it: a link in it, its words, or the channel where it stands. */
export type MessageAnswer = { by: 'link' | 'words' | 'channel'; named: string; answer: Answer };
