import type { NewMessage } from '../../../delivery/message.ts';
import { tellAll } from '../../../delivery/outbox.ts';
import { accepted, type Result } from '../../../platform/core/result.ts';
import { momentWords } from '../../../platform/core/time-words.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import type { Actor } from '../../people/core/person.ts';
import { refusalFor } from '../operations.ts';
import { type PreviewDeps, rehearsalOf } from './preview-operations.ts';
import { livePage } from './reading-operations.ts';
import { noRitual } from './refusals.ts';
import { rehearsalHead, rehearsed } from './rehearsal-blocks.ts';

/** So many people's messages of a team, and teams, are rehearsed at once. */
const most = { people: 20, teams: 5 };

/**
 * Sends the whole next run of each team to an admin alone, message by message. Pressed twice in a minute it comes once.
 * Gives the teams that were rehearsed.
 */
export async function rehearseToMe(
  deps: PreviewDeps,
  workspaceId: string,
  actor: Actor,
): Promise<Result<string[]>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const { teams, ritual } = await livePage(deps, workspaceId);
  const chosen = teams.filter(({ cadenceId }) => cadenceId !== null).slice(0, most.teams);
  if (ritual === null || chosen.length === 0) return noRitual;
  await inTransaction(deps.db, async (tx) => {
    const now = await companyNow(tx, workspaceId);
    const minute = now.round({ smallestUnit: 'minute', roundingMode: 'floor' });
    const messages: NewMessage[] = [];
    for (const { id, name, cadenceId } of chosen) {
      const run = await rehearsalOf({ ...deps, db: tx }, workspaceId, cadenceId ?? 0, most.people);
      const when = run?.rehearsal ? momentWords(run.at, now, actor.timezone) : null;
      const contents: Content[] = [
        rehearsalHead(name, ritual.name, when),
        ...(run?.rehearsal?.shown ?? []).map(({ where, content }) => rehearsed(name, where, content)),
      ];
      for (const [index, content] of contents.entries()) {
        messages.push({
          workspaceId,
          dedupeKey: `rehearsal:${id}:${actor.id}:${minute}:${index}`,
          to: { personId: actor.id },
          content,
          dueAt: now,
          isAnswer: true,
        });
      }
    }
    await tellAll(tx, messages);
  });
  return accepted(chosen.map(({ name }) => name));
}
