import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Submission } from '../../platform/slack/calls.ts';
import { longestName } from './core/token.ts';

/** The name of a new token. Refuses none, and one that is too long, in words without formatting. */
export function readName({ values }: Pick<Submission, 'values'>): Result<string> {
  const name = values['name']?.replace(/\s+/g, ' ').trim() ?? '';
  if (name === '') return refused('no-name', 'Give it a name: which tool is it for?');
  return name.length > longestName
    ? refused('long-name', `A name has ${longestName} characters at most; this one has ${name.length}.`)
    : accepted(name);
}
