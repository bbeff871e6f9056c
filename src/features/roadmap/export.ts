import type { Database } from '../../platform/db/database.ts';
import { type Fields, inOrder, type Naming, plainText, some, told } from '../../platform/file/writing.ts';
import { exportRows } from './import-store.ts';

/** The workspace's roadmap as a file has it, in the order in which its items were added. */
export async function exportRoadmap(db: Database, workspaceId: string, naming: Naming): Promise<Fields[]> {
  return (await exportRows(db, workspaceId)).map(({ key, rock, state }) => {
    const { horizon, due_on: lastDue, first_due_on: first, outcome } = state;
    const due = horizon === 'now' ? lastDue : null;
    return told({
      key,
      title: plainText(state.title),
      summary: textOf(state.summary),
      horizon,
      owner: state.owner_id === null ? null : naming.person(state.owner_id),
      team: state.team_id === null ? null : naming.team(state.team_id),
      rock,
      supports: state.supports,
      needs: some(
        inOrder(
          state.needs.map((id) => naming.team(id)),
          (team) => team,
        ),
      ),
      impact: state.impact,
      effort: state.effort,
      alignment: state.alignment,
      due,
      first_due: first === due ? null : first,
      slips: state.slips === 0 ? null : state.slips,
      why: textOf(state.why_stopped),
      outcome,
      outcome_words: outcome === null ? null : textOf(state.outcome_words),
    });
  });
}

function textOf(text: string | null): string | null {
  return text === null ? null : plainText(text) || null;
}
