import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { Change, FieldChange } from './core/difference.ts';

const fieldNames: Record<FieldChange['field'], string> = {
  title: 'title',
  owner: 'owner',
  measure: 'measure',
  horizon: 'horizon',
  problem: 'problem',
  metric: 'metric',
  notDoing: 'we will not do',
};

/** One change as people read it, in one line: "*Win trust*: measure: 0.2 % → 0.1 %". */
export function changeWords(change: Change): string {
  if (change.kind === 'vision') return `*Vision*: ${fromTo(change.before, change.after)}`;
  const title = `*${inline(change.line.title)}*`;
  switch (change.kind) {
    case 'added':
      return change.under === null
        ? `Added the intent ${title}`
        : `Added the initiative ${title} to *${inline(change.under.title)}*`;
    case 'dropped':
      return `Dropped the ${change.line.kind} ${title}`;
    case 'moved':
      return `${title}: moved from *${inline(change.from.title)}* to *${inline(change.to.title)}*`;
    case 'ranked':
      return `${title}: rank: ${change.from} → ${change.to}`;
    default:
      return `${title}: ${fieldNames[change.field]}: ${fieldWords(change)}`;
  }
}

function fieldWords(change: FieldChange): string {
  if (change.field === 'owner') {
    const name = (person: typeof change.before) => (person === null ? 'nobody' : personMention(person));
    return `${name(change.before)} → ${name(change.after)}`;
  }
  if (change.field === 'notDoing')
    return fromTo(change.before.join('; ') || null, change.after.join('; ') || null);
  return fromTo(change.before, change.after);
}

function fromTo(before: string | null, after: string | null): string {
  const words = (text: string | null) => (text === null ? 'nothing' : inline(text));
  return `${words(before)} → ${words(after)}`;
}
